import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { messageVerdicts } from "~/db/schema";
import { severityOfFindings } from "~/moderation/flags/flag";
import { raiseFlag } from "~/moderation/flags/raise.server";
import { conductOf } from "~/safety/conduct/known-of.server";
import { confirmationOf, isConfirmed } from "~/safety/confirmation.server";
import { type Context, judge } from "~/safety/judge";
import type { Settings } from "~/safety/settings";
import { type Told, tellSender } from "~/safety/told";
import type { Reason, Verdict } from "~/safety/verdict";
import { allowed } from "~/safety/verdict";
import type { Chat } from "./chat";
import { type Surrounding, wordsAround } from "./run-of-words.server";

/** What somebody wants to put into a chat, in words. */
export type Words = {
  /** All that is to be read: the message, and what its pictures show. */
  text: string;
  /** The message that is to say this from now on; a new one has no place yet. */
  seq?: number;
  /** From `Told`, of somebody who was warned. */
  confirm?: string;
};

/** Not stored because of what it says. */
export type Filtered = { refused: "filtered"; told: Told; verdict: Verdict };

/**
 * Asks the filters about words that are about to be stored in a locked chat: as the deal stands at
 * this moment, and with what the sender wrote directly before. Moderators' words and what is said to
 * them in private are nobody's to judge.
 *
 * @returns what they say of words that may be stored; `warn` is confirmed then
 */
export async function filterWords(
  tx: Db,
  viewer: Pick<Viewer, "id">,
  chat: Chat,
  { text, seq, confirm }: Words,
  settings: Settings,
): Promise<Verdict | Filtered> {
  if (isExempt(viewer, chat)) return allowed;
  const { stage } = chat.subject;
  const around = await wordsAround(tx, chat.id, viewer.id, seq ?? chat.lastSeq + 1);
  const draft = { chatId: chat.id, body: text };
  const conduct = around.isWatched && (await conductOf(tx, viewer.id, draft, settings.filters));
  const verdict = judgeAmong(text, seq, around, { stage, ...conduct }, settings);
  const warned = { senderId: viewer.id, chatId: chat.id, text, reasons: verdict.reasons };
  const mayPass = verdict.action === "allow" || verdict.action === "flag";
  if (mayPass || (verdict.action === "warn" && isConfirmed(confirm, warned))) return verdict;
  const told = tellSender(verdict, stage, settings);
  if (verdict.action === "warn") told.confirm = confirmationOf(warned);
  return { refused: "filtered", told, verdict };
}

/** Keeps for moderators what filters said of a version that was stored, and queues it for review. */
export async function storeVerdict(
  tx: Db,
  chat: Chat,
  { action, reasons }: Verdict,
  message: { id: string; seq: number; version: number; senderId: string },
): Promise<void> {
  if (action === "allow") return;
  const { id: messageId, seq, version, senderId: personId } = message;
  const { stage } = chat.subject;
  await tx.insert(messageVerdicts).values({ messageId, version, action, stage, reasons });
  const severity = severityOfFindings(reasons);
  await raiseFlag(tx, { chatId: chat.id, messageId, seq, personId, source: "filter", severity });
}

function isExempt({ id }: Pick<Viewer, "id">, { privateThread, participants }: Chat): boolean {
  if (privateThread) return true;
  return participants.some((one) => one.id === id && one.role === "moderator");
}

/**
 * Also what words become part of that were written after them, where they are an edit's; and of each
 * of the others what it said at first, because the other side may have read that.
 */
function judgeAmong(
  text: string,
  seq: number | undefined,
  { before, after }: Surrounding,
  context: Omit<Context, "earlier">,
  settings: Settings,
): Verdict {
  const verdicts: Verdict[] = [];
  for (const said of ["body", "first"] as const) {
    if (said === "first" && ![...before, ...after].some(({ body, first }) => body !== first)) break;
    const earlier = before.map((one) => ({ seq: one.seq, body: one[said] }));
    verdicts.push(judge(text, { ...context, earlier }, settings));
    if (!seq) continue;
    const edited = { seq, body: text };
    for (const [at, last] of after.entries()) {
      const between = after.slice(0, at).map((one) => ({ seq: one.seq, body: one[said] }));
      const run = { ...context, earlier: [...earlier, edited, ...between] };
      const { reasons } = judge(last[said], run, settings);
      verdicts.push(verdictOf(reasons.filter((reason) => reason.earlier?.includes(seq))));
    }
  }
  return verdictOf(withoutRepeats(verdicts.flatMap(({ reasons }) => reasons)));
}

const strengthOf = { flag: 1, warn: 2, block: 3 };

function verdictOf(reasons: Reason[]): Verdict {
  const strongest = reasons.toSorted((a, b) => strengthOf[b.action] - strengthOf[a.action])[0];
  return strongest ? { action: strongest.action, reasons } : allowed;
}

/** The first of each kind, or of each rule: one is enough to say what is wrong. */
function withoutRepeats(reasons: Reason[]): Reason[] {
  const nameOf = ({ kind, rule }: Reason) => rule?.id ?? kind;
  const first = new Map(reasons.toReversed().map((reason) => [nameOf(reason), reason]));
  return [...first.values()].toReversed();
}
