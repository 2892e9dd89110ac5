import { isIP } from "node:net";
import { z } from "zod";
import { isPublicAddress } from "~/http/outgoing/public-address";
import { environment } from "~/operations/environment.server";
import { isAllowedHost } from "./allowed-hosts";
import { eventTypes } from "./event-types";

const example = "https://market.example.com/webhooks/parley";

/**
 * An address that may be one of the public internet: which addresses its name has is asked at each
 * attempt. `http` and whatever is no public host by what is written already only where the operator
 * allows it.
 */
const url = z
  .string({ error: "webhooks.urlMissing" })
  .trim()
  .min(1, { error: "webhooks.urlMissing" })
  .max(2_000, { error: "webhooks.urlTooLong" })
  .transform((value, context) => {
    const parsed = URL.canParse(value) ? new URL(value) : null;
    const complaint = complaintAbout(parsed);
    if (parsed && !complaint) return parsed.href;
    context.addIssue(complaint ?? "webhooks.urlInvalid");
    return z.NEVER;
  })
  .meta({
    description: "Where events are posted to: an `https` address without credentials",
    example,
  });

function complaintAbout(url: URL | null): string | null {
  if (!url || !["https:", "http:"].includes(url.protocol)) return "webhooks.urlInvalid";
  if (url.username || url.password) return "webhooks.urlHasCredentials";
  if (url.hash) return "webhooks.urlHasFragment";
  const isAllowed = isAllowedHost(url, environment().webhookAllowedHosts);
  if (isAllowed) return null;
  if (url.protocol !== "https:") return "webhooks.urlNotSecure";
  return isPrivateAsWritten(url.hostname) ? "webhooks.urlPrivate" : null;
}

/** What nobody need ask DNS for; a name may still lead to such an address. */
function isPrivateAsWritten(hostname: string): boolean {
  const host = hostname.replace(/\.$/, "").replace(/^\[(.*)\]$/, "$1");
  if (isIP(host)) return !isPublicAddress(host);
  return /(^|\.)(localhost|local|internal|home\.arpa)$/.test(host) || !host.includes(".");
}

const chosenTypes = z
  .array(z.enum(eventTypes, { error: "webhooks.typeUnknown" }))
  .min(1, { error: "webhooks.typeMissing" })
  .max(eventTypes.length, { error: "webhooks.typeUnknown" })
  .transform((types) => eventTypes.filter((type) => types.includes(type)))
  .meta({ description: "What it is told of", example: ["message.created", "chat.closed"] });

export const endpointDraft = z
  .object({ url, eventTypes: chosenTypes.default(() => [...eventTypes]) })
  .meta({ description: "An endpoint to be told of events" });

export type EndpointDraft = z.output<typeof endpointDraft>;

export const endpointChange = z
  .object({
    url: url.optional(),
    eventTypes: chosenTypes.optional(),
    isEnabled: z
      .boolean()
      .optional()
      .meta({ description: "Whether it is told of anything", example: true }),
    rotateSecret: z.boolean().optional().meta({
      description: "Makes a new secret; the one before signs beside it for 24 hours",
      example: true,
    }),
  })
  .meta({ description: "What is to change of an endpoint" });

export type EndpointChange = z.output<typeof endpointChange>;
