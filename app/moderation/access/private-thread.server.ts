import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { appendSystemMessage } from "~/chats/append.server";
import type { Chat } from "~/chats/chat";
import { lockAnyChat } from "~/chats/clock.server";
import { may } from "~/chats/permissions";
import type { Db } from "~/db/client.server";
import { newRowId } from "~/db/row-id.server";
import { chatParticipants } from "~/db/schema";
import { type AuditEntry, audit } from "../audit/audit.server";
import { lockWithOpenCase, type OpenCase, withOpenCase } from "./access.server";
import { seatModerator } from "./seats.server";

export type Side = "buyer" | "seller";

/**
 * The private thread of a case with one side of its chat: made, or found when there is one, with the
 * viewer in it. The other side never learns of it.
 *
 * @param chatId the chat's that the case is on
 * @returns null when no case opens such a chat to this viewer
 */
export async function openPrivateThread(
  db: Db,
  viewer: Viewer,
  { chatId, side }: { chatId: string; side: Side },
): Promise<{ chatId: string } | null> {
  return db.transaction(async (tx) => {
    const open = await lockWithOpenCase(tx, viewer, chatId);
    if (!open || open.chat.privateThread) return null;
    const { thread, entries } = await enterThread(tx, viewer, open, side);
    await audit(tx, viewer, ...entries);
    return { chatId: thread.id };
  });
}

/** @param open with its chat locked */
export async function enterThread(
  tx: Db,
  viewer: Viewer,
  { chat, disputeId }: OpenCase & { chat: Chat },
  side: Side,
): Promise<{ thread: Chat; entries: AuditEntry[] }> {
  const person = chat.participants.find(({ role }) => role === side);
  if (!person) throw new Error(`A chat without a ${side}`);
  const [known] = await tx.execute<{ id: string }>(sql`
    select id from chats where dispute_id = ${disputeId} and private_to = ${person.id}`);
  const threadId = known?.id ?? (await makeThread(tx, chat.id, disputeId, { ...person, side }));
  const thread = await lockAnyChat(tx, threadId, viewer.id);
  if (!thread) throw new Error("The thread that was just made is gone");
  if (may.read(viewer, thread)) return { thread, entries: [] };
  if (!known) await appendSystemMessage(tx, thread, { kind: "private_thread_opened" });
  const action = known ? ("chat.joined" as const) : ("chat.private_thread_opened" as const);
  return {
    thread: await seatModerator(tx, viewer, threadId),
    entries: [{ action, chatId: threadId, disputeId, personId: person.id }],
  };
}

async function makeThread(
  tx: Db,
  chatId: string,
  disputeId: string,
  { id: userId, side }: { id: string; side: Side },
): Promise<string> {
  const id = newRowId();
  await tx.execute(sql`
    insert into chats (id, subject_id, buyer_id, dispute_id, private_to)
    select ${id}, subject_id, buyer_id, ${disputeId}, ${userId} from chats where id = ${chatId}`);
  // That it was opened, and by whom, is no news by itself: the first message is.
  const told = { readSeq: 2, deliveredSeq: 2 };
  await tx.insert(chatParticipants).values({ chatId: id, userId, role: side, ...told });
  return id;
}

type ThreadCard = {
  chatId: string;
  disputeId: string;
  side: Side;
  name: string;
  status: Chat["status"];
  lastSeq: number;
};

/**
 * The private threads of a chat that has an open case, without what was said in them.
 *
 * @returns null when no case opens such a chat to this viewer
 */
export async function listPrivateThreads(
  db: Db,
  viewer: Viewer,
  chatId: string,
): Promise<ThreadCard[] | null> {
  return db.transaction(async (tx) => {
    if (!(await withOpenCase(tx, viewer, chatId))) return null;
    const rows = await tx.execute<{ card: ThreadCard }>(sql`
      select json_build_object('chatId', t.id, 'disputeId', d.id, 'name', u.name,
        'side', case when t.private_to = t.buyer_id then 'buyer' else 'seller' end,
        'status', t.status, 'lastSeq', t.last_seq) as card
      from disputes d join chats t on t.dispute_id = d.id join users u on u.id = t.private_to
      where d.chat_id = ${chatId} order by t.created_at, t.id`);
    return rows.map(({ card }) => card);
  });
}
