import { sql } from "drizzle-orm";
import { toChat } from "~/chats/chat";
import { findAnyChatRow } from "~/chats/clock.server";
import { type MessageRow, toMessage } from "~/chats/message";
import { messageColumns, messageJoins } from "~/chats/message-columns.server";
import type { Db } from "~/db/client.server";
import { type DisputeRow, toDispute } from "~/moderation/disputes/dispute";
import { disputeColumns } from "~/moderation/disputes/dispute-columns.server";
import type { WebhookMessage } from "./claim.server";

/**
 * What is posted, as it is now: what was edited, unsent or erased since is told as that.
 *
 * @returns null where what it tells of is gone
 */
export async function makePayload(db: Db, message: WebhookMessage): Promise<string | null> {
  const data = await readData(db, message);
  if (!data) return null;
  const { type, happenedAt } = message;
  return JSON.stringify({ type, timestamp: happenedAt.toISOString(), data });
}

async function readData(db: Db, { type, ...of }: WebhookMessage): Promise<object | null> {
  const { chatId, version, subjectId } = of;
  switch (type) {
    case "message.created":
    case "message.updated": {
      const message = await readMessage(db, subjectId);
      return message && { chatId, version, message };
    }
    case "chat.created":
    case "chat.closed": {
      const row = await findAnyChatRow(db, subjectId);
      return row && { chatId, version, chat: toChat(row, "") };
    }
    case "dispute.opened":
    case "dispute.resolved": {
      const dispute = await readDispute(db, subjectId);
      return dispute && { chatId, version, dispute };
    }
    case "user.sanctioned":
    case "user.sanction_lifted":
      return readSanction(db, subjectId);
  }
}

async function readMessage(db: Db, id: string) {
  const [found] = await db.execute<{ row: MessageRow }>(sql`
    select to_jsonb(x) as row from (
      select ${messageColumns} from chat_messages m ${messageJoins} where m.id = ${id}) x`);
  return found ? toMessage(found.row) : null;
}

async function readDispute(db: Db, id: string) {
  const [found] = await db.execute<{ row: DisputeRow }>(
    sql`select ${disputeColumns} as row from disputes d where d.id = ${id}`,
  );
  return found ? toDispute(found.row) : null;
}

type SanctionRow = {
  user: { id: string; externalId: string | null; name: string };
  sanction: { createdAt: string; endsAt: string | null; liftedAt: string | null };
};

async function readSanction(db: Db, id: string): Promise<SanctionRow | null> {
  const [row] = await db.execute<SanctionRow>(sql`
    select json_build_object('id', u.id, 'externalId', u.external_id, 'name', u.name) as user,
      json_build_object('id', s.id, 'kind', s.kind, 'reason', s.reason, 'createdAt', s.created_at,
        'endsAt', s.ends_at, 'liftedAt', s.lifted_at) as sanction
    from sanctions s join users u on u.id = s.user_id where s.id = ${id}`);
  if (!row) return null;
  const { createdAt, endsAt, liftedAt } = row.sanction;
  const iso = (time: string | null) => time && new Date(time).toISOString();
  const times = { createdAt: iso(createdAt) ?? "", endsAt: iso(endsAt), liftedAt: iso(liftedAt) };
  return { ...row, sanction: { ...row.sanction, ...times } };
}
