import { createHmac, timingSafeEqual } from "node:crypto";
import { alwaysMailed, defaultChoices, type ToldKind } from "~/notifications/choices";
import { environment } from "~/operations/environment.server";

/** Whose mails of which kind a token ends. It never expires, as mails are kept for years. */
export type Unsubscribing = { userId: string; kind: Refusable };

/** Mails of these can be turned off. */
type Refusable = Exclude<ToldKind, "case" | "sanction" | "removal" | "webhook">;

export const isRefusable = (kind: ToldKind): kind is Refusable => !alwaysMailed.includes(kind);

/** Nothing is stored for it, and it opens nothing else. */
export function unsubscribeToken({ userId, kind }: Unsubscribing): string {
  return `${kind}.${userId}.${sealOf(kind, userId)}`;
}

/** @returns null where nobody was given such a token */
export function readUnsubscribeToken(token: string): Unsubscribing | null {
  const [kind = "", userId = "", seal = ""] = token.split(".");
  if (!isKind(kind) || !isRefusable(kind) || token !== `${kind}.${userId}.${seal}`) return null;
  const [given, wanted] = [Buffer.from(seal), Buffer.from(sealOf(kind, userId))];
  const isOurs = given.length === wanted.length && timingSafeEqual(given, wanted);
  return isOurs ? { userId, kind } : null;
}

const isKind = (kind: string): kind is ToldKind => Object.hasOwn(defaultChoices.byKind, kind);

function sealOf(kind: ToldKind, userId: string): string {
  const said = JSON.stringify(["unsubscribe", kind, userId]);
  return createHmac("sha256", environment().sessionSecret).update(said).digest("base64url");
}
