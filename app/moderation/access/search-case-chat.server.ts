import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { findAnyChatRow } from "~/chats/clock.server";
import { searchQuery, searchText } from "~/chats/search-query";
import type { Db } from "~/db/client.server";
import { audit } from "../audit/audit.server";
import { withOpenCase } from "./access.server";
import { type CaseMessage, type CaseMessageRow, toCaseMessage } from "./case-message";
import { caseMessageColumns } from "./case-message-columns.server";

/** More than that are too many to look at. */
const most = 50;

/**
 * The newest messages of a chat, or of a private thread, that have the words or ever had them. The
 * search is in the audit log, without its words, which may be somebody's.
 *
 * @returns null when no case opens such a chat to this viewer
 */
export async function searchCaseChat(
  db: Db,
  viewer: Viewer,
  { chatId, q }: { chatId: string; q: string },
): Promise<{ messages: CaseMessage[]; hasMore: boolean } | null> {
  return db.transaction(async (tx) => {
    const open = await withOpenCase(tx, viewer, chatId);
    const chat = open && (await findAnyChatRow(tx, chatId));
    if (!chat) return null;
    const words = searchQuery(searchText(q));
    const query = sql`to_tsquery('simple', ${words})`;
    const rows = words
      ? await tx.execute<{ message: CaseMessageRow }>(sql`
          select to_json(y) as message from (
            select ${caseMessageColumns} from chat_messages m
            where m.chat_id = ${chatId} and (m.search @@ ${query} or exists (
              select from chat_message_versions v where v.message_id = m.id
                and to_tsvector('simple', coalesce(v.body, '')) @@ ${query}))
            order by m.seq desc limit ${most + 1}
          ) y`)
      : [];
    const messages = rows
      .slice(0, most)
      .map(({ message }) => toCaseMessage(chat.participants, message));
    const details = { found: messages.length };
    const ofCase = { chatId, disputeId: open.disputeId, details };
    await audit(tx, viewer, { action: "chat.searched", ...ofCase });
    return { messages, hasMore: rows.length > most };
  });
}
