import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { AttachmentRow } from "~/attachments/attachment";
import { attachmentColumns } from "~/attachments/attachment-columns.server";
import type { Chat } from "~/chats/chat";
import { findAnyChatRow } from "~/chats/clock.server";
import { readChatPage, readChatPageAsHost } from "~/chats/history.server";
import { type Message, type OwnMessageRow, toMessageOf } from "~/chats/message";
import { rangeOf } from "~/chats/page-range.server";
import type { Db } from "~/db/client.server";
import { anyOf, idList } from "~/db/ids.server";
import { prepare } from "~/db/prepared.server";
import type { Storage } from "~/storage/storage";
import { readArchive } from "./read.server";
import type { ArchivedMessage } from "./rows.server";

type Asked = Parameters<typeof readChatPage>[2];
/** What an archive fills in of a page, whoever reads it. */
type Page = {
  chat: Pick<Chat, "status" | "lastSeq">;
  messages: Message[];
  quoted: Message[];
  about: Message | null;
};

/**
 * A page of a chat wherever its messages are: in the database, or in its archive, which shows the
 * same in the same places.
 *
 * @returns null when there is no such chat for this viewer
 * @throws ArchiveDamaged and StorageError where its archive cannot be read
 */
export async function readAnyChatPage(db: Db, storage: Storage, viewer: Viewer, asked: Asked) {
  return readAnywhere(db, storage, asked, () => readChatPage(db, viewer, asked));
}

/**
 * The same page for the host.
 *
 * @returns null when there is no such chat, and for a private thread
 * @throws ArchiveDamaged and StorageError where its archive cannot be read
 */
export async function readAnyChatPageAsHost(db: Db, storage: Storage, asked: Asked) {
  return readAnywhere(db, storage, asked, () => readChatPageAsHost(db, asked));
}

async function readAnywhere<Read extends Page>(
  db: Db,
  storage: Storage,
  asked: Asked,
  read: () => Promise<Read | null>,
): Promise<Read | null> {
  const page = await read();
  if (page?.chat.status !== "archived") return page;
  const archive = await readArchive(db, storage, asked.chatId);
  if (archive) return { ...page, ...(await fill(db, page, archive.rows.messages, asked)) };
  // It came back meanwhile; or it is being deleted, and is nobody's any more.
  const again = await read();
  return again?.chat.status === "archived" ? null : again;
}

async function fill(
  db: Db,
  page: Page,
  rows: readonly ArchivedMessage[],
  { chatId, size, about = 0, ...place }: Asked,
): Promise<Omit<Page, "chat">> {
  const { first, last } = rangeOf(page.chat.lastSeq, size, place);
  const within = rows.filter(({ seq }) => seq >= first && seq <= last);
  const answered = new Set(within.map((row) => row.reply_to));
  const beside = rows.filter(
    ({ seq }) => (seq < first || seq > last) && (answered.has(seq) || seq === about),
  );
  const read = await reader(db, chatId, [...within, ...beside]);
  const [messages, others] = [within.map(read), beside.map(read)];
  return {
    messages,
    quoted: others.filter(({ seq }) => answered.has(seq)),
    about: [...messages, ...others].find(({ seq }) => seq === about) ?? null,
  };
}

/** @throws ArchiveDamaged and StorageError where its archive cannot be read */
export async function findArchivedMessage(
  db: Db,
  storage: Storage,
  chatId: string,
  seq: number,
): Promise<Message | null> {
  const archive = await readArchive(db, storage, chatId);
  const row = archive?.rows.messages.find((one) => one.seq === seq);
  return row ? (await reader(db, chatId, [row]))(row) : null;
}

/** Where in an archived chat a picture was sent. */
export async function findArchivedPlace(
  db: Db,
  storage: Storage,
  chatId: string,
  picture: string,
): Promise<number | undefined> {
  const [row] = await db.execute<{ id: string | null }>(sql`
    select message_id as id from attachments where id = ${picture} and chat_id = ${chatId}`);
  const archive = row?.id && (await readArchive(db, storage, chatId));
  return archive ? archive.rows.messages.find(({ id }) => id === row.id)?.seq : undefined;
}

/** @returns reads one of these rows as people see it */
async function reader(db: Db, chatId: string, rows: readonly ArchivedMessage[]) {
  const chat = await findAnyChatRow(db, chatId);
  const shown = rows.filter((row) => row.type === "image" && row.deleted_at === null);
  const ids = idList(shown.map(({ id }) => id));
  const found = shown.length ? await selectPictures(db, { chatId, ids }) : [];
  const pictures = new Map(found.map((row) => [row.message_id, row.attachments]));
  return (row: ArchivedMessage): Message => {
    const attachments = pictures.get(row.id) ?? null;
    const own = { ...row, is_redacted: row.redacted_by !== null, attachments };
    return toMessageOf(chat?.participants ?? [], own as unknown as OwnMessageRow);
  };
}

const selectPictures = prepare<{ message_id: string; attachments: AttachmentRow[] }>(sql`
  select a.message_id, jsonb_agg(${attachmentColumns} order by a.position) as attachments
  from attachments a where a.chat_id = ${sql.placeholder("chatId")} and a.message_id
    = ${anyOf(sql`${sql.placeholder("ids")}`)}
  group by a.message_id`);
