import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import type { Change, ChangedChat, Changes } from "~/live/change";
import { formatSnapshot, parseSnapshot, type Snapshot } from "~/live/snapshot";
import { type ChatRow, toChat } from "./chat";
import { chatColumns, chatJoins } from "./chat-columns.server";
import { type MessageRow, toMessage } from "./message";
import { messageColumns, messageJoins } from "./message-columns.server";

/** Whose changes: of chats after a version, or of all chats of a user. */
export type Scope = { chats: { chatId: string; after: number }[] } | { userId: string };

/**
 * All that changed in some chats since a snapshot, chat by chat in the order of their versions, and
 * who is in each of the chats that were asked for. One statement, because changes read by two could
 * miss one in between, and somebody who was taken out of a chat must not get what came after.
 *
 * @param pool not a transaction: the statement is prepared
 * @param limit reads no more messages than this
 * @returns `complete: false` when there was more
 */
export async function readChanges(
  pool: Db,
  since: Snapshot,
  scope: Scope,
  limit = Number.MAX_SAFE_INTEGER - 1,
): Promise<Changes & { audience: Record<string, string[]> }> {
  const asked = { since: formatSnapshot(since), limit: String(limit + 1) };
  const [found] = await ("userId" in scope
    ? changesOfUser(pool, { ...asked, userId: scope.userId })
    : changesOfChats(pool, { ...asked, chats: JSON.stringify(scope.chats) }));
  if (!found) throw new Error("A query without FROM gave no row");
  const changes = [...found.messages.flatMap(messageChanges), ...found.chats.flatMap(chatChanges)];
  return {
    snapshot: parseSnapshot(found.snapshot),
    complete: found.messages.length <= limit,
    audience: found.audience ?? {},
    changes: changes.sort((a, b) =>
      a.chatId === b.chatId ? a.version - b.version : a.chatId < b.chatId ? -1 : 1,
    ),
  };
}

type Found = {
  snapshot: string;
  messages: (MessageRow & Xids)[];
  chats: (ChatRow & Xids)[];
  audience: Record<string, string[]> | null;
};

const changesOfUser = prepareChanges(
  sql`select chat_id, 0::bigint as after from chat_participants
    where user_id = ${sql.placeholder("userId")}::text::uuid and left_at is null`,
  sql`null::jsonb`,
);

const changesOfChats = prepareChanges(
  sql`select "chatId" as chat_id, "after" from jsonb_to_recordset(
    ${sql.placeholder("chats")}::text::jsonb) as t("chatId" uuid, "after" bigint)`,
  sql`(select jsonb_object_agg(w.chat_id, (select coalesce(jsonb_agg(p.user_id), '[]')
    from chat_participants p where p.chat_id = w.chat_id and p.left_at is null)) from wanted w)`,
);

function prepareChanges(wanted: SQL, audience: SQL) {
  const since = sql`${sql.placeholder("since")}::text::pg_snapshot`;
  const isNew = (xid: SQL) =>
    sql`${xid} >= pg_snapshot_xmin(${since}) and not pg_visible_in_snapshot(${xid}, ${since})`;
  return prepare<Found>(sql`
    with wanted as (${wanted})
    select pg_current_snapshot()::text as snapshot,
      (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (
        select ${messageColumns}, m.created_xid::text, m.changed_xid::text
        from wanted w
        join chat_messages m on m.chat_id = w.chat_id and m.version > w.after
          and ${isNew(sql`m.changed_xid`)}
        ${messageJoins}
        limit ${sql.placeholder("limit")}::text::bigint
      ) x) as messages,
      (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (
        select ${chatColumns}, c.created_xid::text, c.changed_xid::text
        from wanted w
        join chats c on c.id = w.chat_id and c.state_version > w.after
          and ${isNew(sql`c.changed_xid`)}
        ${chatJoins}
      ) x) as chats,
      ${audience} as audience`);
}

/** Which chats changed since a snapshot, and who is in them: the cheap look at everything. */
export async function listChanged(
  db: Db,
  since: Snapshot,
): Promise<{ snapshot: Snapshot; chats: ChangedChat[] }> {
  const base = sql`${formatSnapshot(since)}::pg_snapshot`;
  const xmin = sql`${String(since.xmin)}::xid8`;
  const [found] = await db.execute<{ snapshot: string; chats: ChangedChat[] }>(sql`
    with changed as (
      select chat_id, max(version) as version from (
        select chat_id, version from chat_messages
        where changed_xid >= ${xmin} and not pg_visible_in_snapshot(changed_xid, ${base})
        union all
        select id, state_version from chats
        where changed_xid >= ${xmin} and not pg_visible_in_snapshot(changed_xid, ${base})
      ) rows group by chat_id
    )
    select pg_current_snapshot()::text as snapshot,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'chatId', chat_id, 'version', version,
          'userIds', (select jsonb_agg(user_id) from chat_participants p
            where p.chat_id = changed.chat_id and p.left_at is null))), '[]')
        from changed) as chats`);
  if (!found) throw new Error("A query without FROM gave no row");
  return { snapshot: parseSnapshot(found.snapshot), chats: found.chats };
}

type Xids = { created_xid: string; changed_xid: string };

/** A message came, and perhaps changed since: a change each, at the version where it happened. */
function messageChanges(row: MessageRow & Xids): Change[] {
  const message = toMessage(row);
  return changesOf("message", row, row.created_version, row.version, (version) => ({
    data: { chatId: row.chat_id, version, message },
    chatId: row.chat_id,
    from: message.sender?.id,
    seq: message.seq,
    writtenAt: version === row.created_version ? Date.parse(message.createdAt) : undefined,
  }));
}

function chatChanges(row: ChatRow & Xids): Change[] {
  return changesOf("chat", row, 1, row.state_version, (version) => {
    const shownTo = (userId: string) => ({ chatId: row.id, version, chat: toChat(row, userId) });
    return { data: shownTo(""), shownTo, chatId: row.id };
  });
}

function changesOf(
  what: "message" | "chat",
  { created_xid, changed_xid }: Xids,
  createdVersion: number,
  version: number,
  at: (version: number) => Omit<Change, "event" | "version" | "xid">,
): Change[] {
  const mark = (version: number, xid: string) => ({ ...at(version), version, xid: BigInt(xid) });
  const created = { ...mark(createdVersion, created_xid), event: `${what}.created` };
  if (version === createdVersion) return [created];
  return [created, { ...mark(version, changed_xid), event: `${what}.updated` }];
}
