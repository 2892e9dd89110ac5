import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Chat } from "~/chats/chat";
import type { Message } from "~/chats/message";
import { findMessage } from "~/chats/messages.server";
import { otherSide } from "~/chats/permissions";
import type { Db } from "~/db/client.server";
import { isSide } from "~/moderation/permissions";
import type { Pointed } from "./report";

/** Whom a report concerns, and what of his. */
export type Reported = {
  person: { id: string; name: string };
  /** Null where the person is reported. */
  message: Message | null;
  /** Of the message; of a person the last place in the chat. */
  seq: number;
};

/**
 * `reportOwn`: it is his own; `reportSystem`: nobody wrote it; `reportModerator`: a moderator did, whose
 * acts are appealed instead; `reportNobody`: there is no other side.
 */
export type NotReportable = {
  refused: "reportOwn" | "reportSystem" | "reportModerator" | "reportNobody";
};

/**
 * What in a chat a report points at. What was taken back or removed can be reported by who saw it:
 * moderators see what it said.
 *
 * @param find where its messages are
 * @returns null when there is no such message or picture, or the viewer is no party to the chat
 */
export async function findReported(
  db: Db,
  viewer: Viewer,
  chat: Chat,
  { seq, picture }: Pointed,
  find: Finder = inTables,
): Promise<Reported | NotReportable | null> {
  if (!isSide(viewer, chat)) return null;
  const at = picture ? await find.placeOf(db, chat.id, picture) : seq;
  if (at === undefined && !picture) return findOtherSide(viewer, chat);
  const message = at ? await find.message(db, chat.id, at) : null;
  if (!message) return null;
  const { sender } = message;
  if (!sender) return { refused: "reportSystem" };
  if (sender.id === viewer.id) return { refused: "reportOwn" };
  if (!isSide(sender, chat)) return { refused: "reportModerator" };
  return { person: sender, message, seq: message.seq };
}

function findOtherSide(viewer: Viewer, chat: Chat): Reported | NotReportable {
  const other = otherSide(viewer, chat);
  if (!other) return { refused: "reportNobody" };
  return { person: other, message: null, seq: Math.max(1, chat.lastSeq) };
}

export type Finder = {
  message(db: Db, chatId: string, seq: number): Promise<Message | null>;
  /** One that waits for its message is nobody's but its uploader's. */
  placeOf(db: Db, chatId: string, picture: string): Promise<number | undefined>;
};

const inTables: Finder = { message: findMessage, placeOf: findPlaceOf };

async function findPlaceOf(db: Db, chatId: string, picture: string): Promise<number | undefined> {
  const [row] = await db.execute<{ seq: string }>(sql`
    select m.seq from attachments a join chat_messages m on m.id = a.message_id
    where a.id = ${picture} and a.chat_id = ${chatId}`);
  return row && Number(row.seq);
}
