import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { messageVerdicts } from "~/db/schema";
import { decideFlag } from "~/moderation/flags/decide.server";
import { severityOfFindings } from "~/moderation/flags/flag";
import { raiseFlag } from "~/moderation/flags/raise.server";
import { fileReport } from "~/safety/reports/file-report.server";
import type { Reason } from "~/safety/verdict";
import { demoPeople } from "./content/people";

type DemoId = (kind: string, key: string) => string;

/**
 * What moderators look at: a threat that a filter found, a number that was sent after a warning, a
 * message and a person that were reported, a message that was removed with a statement, and a report of
 * a person who did nothing wrong.
 */
export async function raiseDemoFlags(tx: Db, demoId: DemoId): Promise<void> {
  const person = (key: string): Viewer => {
    const { name = "", role = "user" } = demoPeople.find((one) => one.key === key) ?? {};
    return { id: demoId("user", key), role, name, sessionId: "" };
  };
  const chatOf = (reference: string, buyerKey: string) =>
    demoId("chat", `${reference}/${buyerKey}`);
  const [bike, console, board] = ["L-1002", "L-1032", "L-1027"].map((one) => chatOf(one, "bo"));
  const pan = chatOf("L-1029", "aroha");
  if (!bike || !console || !board) throw new Error("The demo market lacks chats");

  const threat = "i know where you live";
  const number = "555-0148";
  await findIn(tx, console, threat, "flag", { kind: "threat", words: [threat] });
  await findIn(tx, board, number, "warn", { kind: "phone", words: [number] });
  const outside = await findIn(tx, bike, number, "warn", { kind: "phone", words: [number] });

  const junk = await messageSaying(tx, bike, "lol ok keep your junk");
  await fileReport(tx, person("seller"), {
    chatId: bike,
    seq: junk.seq,
    reason: "abuse",
    note: "I was friendly all along, and he calls my bicycle junk for the second time.",
  });
  await fileReport(tx, person("aroha"), {
    chatId: pan,
    reason: "scam",
    note: "The pan warped, and others write that theirs did as well. He sells the same one again.",
  });
  const phone = chatOf("L-1017", "buyer");
  await fileReport(tx, person("buyer"), {
    chatId: phone,
    reason: "other",
    note: "He wants to hand it over in a market hall. Is that allowed?",
  });
  // As if moderators had been at it all the time.
  await tx.execute(sql`
    update flags f set opened_at = least(f.opened_at,
        greatest(m.created_at, f.opened_at - interval '20 hours'))
    from chat_messages m
    where m.chat_id = f.chat_id and m.seq = f.seq`);
  await decideFlag(tx, person("moderator"), await flagOf(tx, phone), {
    choice: "fine",
    statement:
      "Handing something over in person is fine, as long as it is paid through the marketplace, as you did.",
  });
  await decideFlag(tx, person("moderator"), outside, {
    choice: "redacted",
    statement:
      "You gave your number and asked to deal outside of the marketplace. Whoever pays there has no protection, so that we removed the message.",
  });
}

type Action = "flag" | "warn";

/** Stored with what filters would have said of it. */
async function findIn(tx: Db, chatId: string, words: string, action: Action, found: FoundReason) {
  const message = await messageSaying(tx, chatId, words);
  const reasons = [{ ...found, action }];
  const { id: messageId, version, seq, sender_id: personId } = message;
  await tx
    .insert(messageVerdicts)
    .values({ messageId, version, action, stage: message.stage, reasons });
  const severity = severityOfFindings(reasons);
  return raiseFlag(tx, { chatId, messageId, seq, personId, source: "filter", severity });
}

/** Of the only flag of a chat. */
async function flagOf(tx: Db, chatId: string): Promise<string> {
  const [flag] = await tx.execute<{ id: string }>(
    sql`select id from flags where chat_id = ${chatId}`,
  );
  if (!flag) throw new Error("A demo report raised no flag");
  return flag.id;
}

type FoundReason = Pick<Reason, "kind" | "words">;

type Found = {
  id: string;
  seq: number;
  version: number;
  sender_id: string;
  stage: "inquiry" | "cancelled";
};

async function messageSaying(tx: Db, chatId: string, words: string): Promise<Found> {
  const [found] = await tx.execute<{ found: Found }>(sql`
    select json_build_object('id', m.id, 'seq', m.seq, 'version', m.version,
      'sender_id', m.sender_id, 'stage', s.stage) as found
    from chat_messages m join chats c on c.id = m.chat_id join subjects s on s.id = c.subject_id
    where m.chat_id = ${chatId} and strpos(m.body, ${words}) > 0 order by m.seq limit 1`);
  if (!found) throw new Error(`Nobody in the demo market says “${words}”`);
  return found.found;
}
