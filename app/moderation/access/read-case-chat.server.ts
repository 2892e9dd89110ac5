import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { type ChatRow, toChat } from "~/chats/chat";
import { chatColumns, chatJoins } from "~/chats/chat-columns.server";
import { type Place, pageRange, rangeValues } from "~/chats/page-range.server";
import type { Db } from "~/db/client.server";
import { audit } from "../audit/audit.server";
import { noteFirstLook } from "../disputes/first-look.server";
import { type OpenCase, withOpenCase } from "./access.server";
import {
  type CaseChat,
  type CaseMessage,
  type CaseMessageRow,
  type CaseParticipant,
  iso,
  toCaseMessage,
} from "./case-message";
import { caseMessageColumns } from "./case-message-columns.server";

type Asked = Place & { chatId: string; size: number };

/**
 * A page of a chat, or of a private thread, as it happened: every version of every message, what was
 * taken back and what was removed. The look is in the audit log, in the same transaction.
 *
 * @param size messages on a page
 * @returns the messages in the order of seq, without holes, and of what they answer what does not
 *   stand among them; null when no case opens such a chat to this viewer
 */
export async function readCaseChat(
  db: Db,
  viewer: Viewer,
  { chatId, size, ...place }: Asked,
): Promise<(CaseChat & { messages: CaseMessage[]; quoted: CaseMessage[] }) | null> {
  return db.transaction(async (tx) => {
    const open = await withOpenCase(tx, viewer, chatId);
    const row = open && (await findRow(tx, chatId));
    if (!open || !row) return null;
    const range = pageRange(sql`${row.last_seq}::bigint`, rangeValues(size, place));
    const rows = await tx.execute<{ message: CaseMessageRow; is_quoted: boolean }>(sql`
      select to_json(y) as message, y.seq not between y.first and y.last as is_quoted from (
        select ${caseMessageColumns}, range.first, range.last
        from chat_messages m cross join (${range}) range
        where m.chat_id = ${chatId} and (m.seq between range.first and range.last
          or m.seq in (select answer.reply_to from chat_messages answer
            where answer.chat_id = ${chatId} and answer.seq between range.first and range.last))
        order by m.seq
      ) y`);
    const read = (isQuoted: boolean) =>
      rows
        .filter(({ is_quoted }) => is_quoted === isQuoted)
        .map(({ message }) => toCaseMessage(row.participants, message));
    const messages = read(false);
    await noteFirstLook(tx, open.disputeId);
    const details = { from: messages[0]?.seq ?? 0, to: messages.at(-1)?.seq ?? 0 };
    await audit(tx, viewer, { action: "chat.viewed", chatId, disputeId: open.disputeId, details });
    return { ...asCaseChat(row, open), messages, quoted: read(true) };
  });
}

type Row = ChatRow & {
  stays: { id: string; joinedAt: string; leftAt: string | null }[];
};

async function findRow(tx: Db, chatId: string): Promise<Row | undefined> {
  const [found] = await tx.execute<{ row: Row }>(sql`
    select to_json(x) as row from (
      select ${chatColumns}, (
        select json_agg(json_build_object(
          'id', p.user_id, 'joinedAt', p.joined_at, 'leftAt', p.left_at))
        from chat_participants p where p.chat_id = c.id) as stays
      from chats c ${chatJoins} where c.id = ${chatId}
    ) x`);
  return found?.row;
}

function asCaseChat({ stays, ...row }: Row, open: OpenCase): CaseChat {
  const stayOf = new Map(stays.map((stay) => [stay.id, stay]));
  const everybody = row.participants.map(
    ({ sharesReads: _, hasLeft: __, ...participant }): CaseParticipant => {
      const { joinedAt = row.created_at, leftAt = null } = stayOf.get(participant.id) ?? {};
      return { ...participant, joinedAt: iso(joinedAt), leftAt: leftAt && iso(leftAt) };
    },
  );
  return { ...open, chat: toChat(row, ""), everybody };
}
