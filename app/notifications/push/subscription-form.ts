import { createECDH } from "node:crypto";
import { z } from "zod";

/** A point on the browser's curve, and its secret, as RFC 8291 has them. */
const p256dhBytes = 65;
const authBytes = 16;

const endpoint = z.url({ error: "error.invalid" }).max(2048, "error.invalid");

const base64url = (bytes: number) =>
  z
    .string({ error: "error.invalid" })
    .regex(/^[\w-]+={0,2}$/, "error.invalid")
    .transform((value) => value.replaceAll("=", ""))
    .refine((value) => Buffer.from(value, "base64url").length === bytes, "error.invalid");

/** What a page or the service worker sends to `/settings/push`. */
export const pushForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("subscribe"),
    endpoint,
    p256dh: base64url(p256dhBytes).refine(isOnCurve, "error.invalid"),
    auth: base64url(authBytes),
    /** The endpoint that this browser had until now. */
    former: endpoint.optional(),
  }),
  z.object({ intent: z.literal("unsubscribe"), endpoint }),
]);

/** A device that the viewer wants no more pushes on, in `/settings`. */
export const revokePushForm = z.object({
  intent: z.literal("revokePush"),
  subscriptionId: z.guid({ error: "error.invalid" }).toLowerCase(),
});

function isOnCurve(point: string): boolean {
  const ecdh = createECDH("prime256v1");
  ecdh.generateKeys();
  try {
    ecdh.computeSecret(Buffer.from(point, "base64url"));
    return true;
  } catch {
    return false;
  }
}
