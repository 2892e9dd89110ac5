import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { messageVerdicts, reports } from "~/db/schema";
import { decideFlag } from "~/moderation/flags/decide.server";
import { severityOfFindings } from "~/moderation/flags/flag";
import type { FlagDecision } from "~/moderation/flags/flag-view";
import { raiseFlag } from "~/moderation/flags/raise.server";
import type { Reason } from "~/safety/verdict";
import { makeChat, makeUser } from "./factories";
import { say } from "./sending";

type TestChat = Awaited<ReturnType<typeof makeChat>>;

export const aReason: Reason = { kind: "scam", action: "flag", words: ["silver spoon"] };

/** A message of the buyer that filters flagged. */
export async function makeFlag(
  db: Db,
  { chat, reason = aReason }: { chat?: TestChat; reason?: Reason } = {},
) {
  const within = chat ?? (await makeChat(db));
  const message = await say(db, within.buyer, within.id, "Bring me the silver spoon please");
  const { id: messageId, version, seq } = message;
  const reasons = [reason];
  await db
    .insert(messageVerdicts)
    .values({ messageId, version, action: "flag", stage: "inquiry", reasons })
    .onConflictDoNothing();
  const id = await db.transaction((tx) =>
    raiseFlag(tx, {
      chatId: within.id,
      messageId,
      seq,
      personId: within.buyer.id,
      source: "filter",
      severity: severityOfFindings(reasons),
    }),
  );
  return { id, chat: within, message };
}

/** The buyer as a person, reported by the seller. */
export async function makeReported(db: Db, chat: TestChat, seq: number) {
  const id = await db.transaction((tx) =>
    raiseFlag(tx, {
      chatId: chat.id,
      seq,
      personId: chat.buyer.id,
      source: "report",
      severity: 60,
    }),
  );
  await makeReport(db, id, chat.seller);
  return id;
}

export async function makeReport(db: Db, flagId: string, reporter: Pick<Viewer, "id">) {
  const report = { flagId, reporterId: reporter.id, target: "message", reason: "scam" } as const;
  await db.insert(reports).values({ ...report, note: "He wants gift cards" });
}

type Decision = Pick<FlagDecision, "choice"> & Partial<FlagDecision>;

/** Decided by another moderator each time. @returns him */
export async function decide(db: Db, flagId: string, decision: Decision) {
  const moderator = await makeUser(db, { role: "moderator" });
  const whole = { statement: "We looked at it", ...decision };
  const decided = await decideFlag(db, moderator, flagId, whole);
  if (!decided || "refused" in decided) throw new Error(`Not decided: ${JSON.stringify(decided)}`);
  return moderator;
}
