import { randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { objectKeys } from "~/attachments/attachment";
import { closeChat } from "~/chats/close.server";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import { sendMessage } from "~/chats/send.server";
import type { Db } from "~/db/client.server";
import { openPrivateThread } from "~/moderation/access/private-thread.server";
import { redactMessage } from "~/moderation/access/redacting.server";
import { writeInCase } from "~/moderation/access/writing.server";
import { claimDispute } from "~/moderation/disputes/claim.server";
import { decideDispute } from "~/moderation/disputes/decide.server";
import { openDispute } from "~/moderation/disputes/open-dispute.server";
import { archiveChat } from "~/retention/archive/archive.server";
import { listLeft, resumeArchive } from "~/retention/archive/resume.server";
import { deleteChat } from "~/retention/delete/delete.server";
import type { Done, Means, Step } from "~/retention/means";
import type { Storage } from "~/storage/storage";
import { sha256 } from "../bin/transcript/canonical.mjs";
import { makeChat, makeStaged, makeUser } from "./factories";
import { decide, makeFlag, makeReport } from "./flags";
import { say } from "./sending";

const hour = 3_600_000;

/** Long after all that tests make: whatever is closed is due. */
export const later = new Date("2040-06-15T12:00:00Z");
/** And when what was archived then is due to be deleted. */
export const muchLater = new Date("2043-06-15T12:00:00Z");

export const meansOf = (storage: Storage, over: Partial<Means> = {}): Means => ({
  storage,
  secret: "a session secret, long enough for it",
  operator: "https://chat.example.com",
  ...over,
});

/** A picture with both of its objects, waiting for a message. */
async function store(db: Db, storage: Storage, ...[uploader, chatId]: [Person, string]) {
  const { id } = await makeStaged(db, uploader, chatId, { sha256: "a".repeat(64) });
  for (const key of Object.values(objectKeys(id))) {
    await storage.put(key, Buffer.from(`picture ${key}`), "image/webp");
  }
  return { id, alt: "The front wheel" };
}

type Person = Awaited<ReturnType<typeof makeChat>>["buyer"];

/**
 * A closed chat with one of everything: replies, an edited, an unsent and a removed message, pictures,
 * a decided dispute with evidence and a private thread, a decided flag with a report, notifications.
 */
export async function makeWholeChat(db: Db, storage: Storage) {
  const chat = await makeChat(db);
  const { id: chatId, buyer, seller } = chat;
  const first = await say(db, buyer, chatId, "Is the red bicycle still there?");
  await say(db, seller, chatId, "Yes, it still is", { replyTo: first.seq });
  const edited = await say(db, buyer, chatId, "It is a nice colour");
  await editMessage(db, buyer, {
    chatId,
    seq: edited.seq,
    body: "A lovely colour",
    windowMs: hour,
  });
  const unsent = await say(db, seller, chatId, "I would rather not say this");
  await unsendMessage(db, seller, { chatId, seq: unsent.seq, windowMs: hour });
  const pictures = [
    await store(db, storage, seller, chatId),
    await store(db, storage, seller, chatId),
  ];
  const sent = await sendMessage(db, seller, {
    ...{ chatId, clientId: randomUUID(), body: "Here it is", pictures },
  });
  if (!sent || !("message" in sent)) throw new Error("No pictures were sent");
  const flag = await makeFlag(db, { chat });
  await makeReport(db, flag.id, seller);
  await decide(db, flag.id, { choice: "fine" });
  const moderator = await makeUser(db, { role: "moderator", name: "Moderator" });
  const evidence = await store(db, storage, buyer, chatId);
  const opened = await openDispute(db, buyer, {
    ...{ chatId, reason: "not_received", wish: "refund", statement: "It never came to me" },
    pictures: [evidence],
  });
  if (!opened || !("disputeId" in opened)) throw new Error("No dispute was opened");
  const { disputeId } = opened;
  await claimDispute(db, moderator, disputeId);
  const rude = await say(db, seller, chatId, "That was quite an insult");
  await redactMessage(db, moderator, { chatId, seq: rude.seq, reason: "A rule was broken" });
  const thread = await openPrivateThread(db, moderator, { chatId, side: "buyer" });
  await writeInCase(db, moderator, {
    ...{ chatId, to: "buyer", clientId: randomUUID(), body: "Please tell us more about it" },
  });
  await decideDispute(db, moderator, disputeId, { outcome: "buyer", text: "The money goes back" });
  await closeChat(db, buyer, chatId);
  await db.execute(sql`
    update disputes set appeal_until = now() - interval '1 hour' where id = ${disputeId}`);
  return { ...chat, threadId: thread?.chatId ?? "", disputeId, flagId: flag.id, moderator, first };
}

/** A closed chat of so many messages: one row in ten answers, one in twenty was edited. */
export async function makeLongChat(db: Db, messages: number) {
  const chat = await makeChat(db);
  const { id: chatId, buyer, seller } = chat;
  await db.execute(sql`
    insert into chat_messages (id, chat_id, seq, created_version, version, sender_id, client_id, body,
      reply_to, created_at)
    select gen_random_uuid(), ${chatId}, n, n + 1, n + 1,
      case when n % 2 = 0 then ${buyer.id}::uuid else ${seller.id}::uuid end, gen_random_uuid(),
      'Message number ' || n || ' of a long chat about a bicycle and its many parts',
      case when n % 10 = 0 then n - 1 end, now() - interval '1 day' + n * interval '1 ms'
    from generate_series(2, ${messages}::int) n`);
  await db.execute(sql`
    insert into chat_message_versions (message_id, version, body)
    select id, version, 'What it said before' from chat_messages
    where chat_id = ${chatId} and seq > 1 and seq % 20 = 0`);
  await db.execute(sql`
    update chat_messages set version = version + ${messages}::int, edited_at = now()
    where chat_id = ${chatId} and seq > 1 and seq % 20 = 0`);
  await db.execute(sql`
    update chats set last_seq = greatest(last_seq, ${messages}), version = ${2 * messages + 9}
    where id = ${chatId}`);
  await closeChat(db, buyer, chatId);
  // As autovacuum does after so many rows: else plans are those of an empty table.
  await db.execute(sql`analyze chat_messages, chat_message_versions, message_verdicts`);
  return chat;
}

/** A closed chat of some messages and a picture: little of all that `makeWholeChat` makes at length. */
export async function makeSmallChat(db: Db, storage: Storage) {
  const chat = await makeLongChat(db, 12);
  await store(db, storage, chat.seller, chat.id);
  return chat;
}

/** All of these rows and objects that concern chats, to be compared: what is random is left out. */
export async function stateOf(db: Db, storage: Storage, ids: readonly string[]) {
  const rows = await rowsNaming(db, ids);
  const objects: [string, string][] = [];
  for (const key of await keysBelow(storage, "")) {
    const isArchive = key.startsWith("archives/");
    if (isArchive && !ids.some((id) => key.includes(id))) continue;
    if (isArchive) {
      objects.push([key.split("/")[1] ?? "", ""]);
      continue;
    }
    const stored = await storage.get(key);
    if (stored) objects.push([key, sha256(await buffer(stored.stream))]);
  }
  return { rows, objects };
}

/** Rows of all tables in which one of these ids stands, as JSON. */
export async function rowsNaming(
  db: Db,
  ids: readonly string[],
): Promise<Record<string, string[]>> {
  const tables = await db.execute<{ name: string; schema: string }>(sql`
    select tablename as name, schemaname as schema from pg_tables
    where schemaname in ('public', 'graphile_worker') order by 1`);
  const found: Record<string, string[]> = {};
  for (const { name, schema } of tables) {
    const rows = await db.execute<{ row: string }>(sql`
      select to_jsonb(x)::text as row from ${sql.identifier(schema)}.${sql.identifier(name)} x
      where to_jsonb(x)::text ~ ${ids.join("|")} order by 1`);
    if (rows.length) found[name] = rows.map(({ row }) => row);
  }
  return found;
}

export async function keysBelow(storage: Storage, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list(prefix)) keys.push(key);
  return keys;
}

export class Killed extends Error {
  override name = "Killed";
}

/** Means that end what uses them at the n-th step, counted from 1, and say which steps there were. */
export function killedAt(means: Means, n: number) {
  const steps: Step[] = [];
  const between = async (at: Step) => {
    steps.push(at);
    if (steps.length === n) throw new Killed(at);
  };
  return { steps, means: { ...means, between } };
}

/** At which steps to kill it, counted from 1: what is done again and again the first and last time. */
export function tellingSteps(steps: readonly Step[]): number[] {
  const telling = steps.flatMap((step, at) =>
    steps.indexOf(step) === at || steps.lastIndexOf(step) === at ? at + 1 : [],
  );
  if (telling.length < 5) throw new Error(`Too little was done: ${steps.join()}`);
  return telling;
}

/** What a run does to a chat: it ends what was left, and does what is due. */
export async function run(
  db: Db,
  means: Means,
  chatId: string,
  what: "archive" | "delete",
): Promise<Done> {
  const now = what === "archive" ? later : muchLater;
  if ((await listLeft(db, null)).includes(chatId)) {
    const done = await resumeArchive(db, means, chatId, now);
    if (done.outcome !== "notDue") return done;
  }
  return (what === "archive" ? archiveChat : deleteChat)(db, means, chatId, now);
}
