import { createHmac, timingSafeEqual } from "node:crypto";
import { environment } from "~/operations/environment.server";
import type { Reason } from "./verdict";

/** What somebody confirms who was warned. */
export type Warned = { senderId: string; chatId: string; text: string; reasons: Reason[] };

/**
 * What a warned sender sends along to say that he wants it all the same. Nothing is stored for it: it
 * holds for this sender, this chat, this text and these reasons, on every instance, and for nothing
 * else; so another text, or one more thing to be warned of, is warned of again.
 */
export function confirmationOf({ senderId, chatId, text, reasons }: Warned): string {
  // Where it stood in earlier messages does not count: others may have come between.
  const found = reasons
    .filter(({ action }) => action === "warn")
    .map(({ kind, words, rule }) => [kind, words, rule?.id, rule?.version]);
  const said = JSON.stringify(["confirm", senderId, chatId, text, found]);
  return createHmac("sha256", environment().sessionSecret).update(said).digest("base64url");
}

export function isConfirmed(confirm: string | undefined, warned: Warned): boolean {
  if (!confirm) return false;
  const [given, wanted] = [Buffer.from(confirm), Buffer.from(confirmationOf(warned))];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
