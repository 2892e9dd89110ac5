import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";

/**
 * What Parley keeps about a person beside his chats, by the name of the file that it goes into. Of
 * others it says nothing but what his own pages show him: no moderator by name, nobody who reported
 * him.
 */
export async function readOwnData(db: Db, userId: string): Promise<Record<string, unknown>> {
  const data: Record<string, unknown> = {};
  for (const [name, query] of Object.entries(queries(userId))) {
    const [row] = await db.execute<{ found: unknown }>(query);
    data[name] = row?.found ?? [];
  }
  return data;
}

const list = (rows: SQL) =>
  sql`select coalesce(json_agg(to_json(x)), '[]'::json) as found from (${rows}) x`;

const queries = (userId: string): Record<string, SQL> => ({
  account: sql`
    select json_build_object('id', u.id, 'email', u.email, 'name', u.name, 'role', u.role,
      'joinedAt', u.created_at, 'hasPassword', u.password_hash is not null,
      'showsWhatWasRead', u.shares_reads, 'showsWhenOnline', u.shares_presence,
      'idAtMarketplace', u.external_id, 'isVerified', u.is_verified, 'dealsDone', u.deals_done,
      'saidByMarketplaceAt', u.host_said_at,
      'suspendedByMarketplaceAt', u.host_suspended_at) as found
    from users u where u.id = ${userId}`,
  "sign-ins": list(sql`
    select s.created_at as "signedInAt", s.expires_at as "endsAt",
      s.is_fixed as "isByToken" from sessions s
    where s.user_id = ${userId} order by s.created_at`),
  devices: list(sql`
    select d.browser, d.system, d.first_seen_at as "firstSeenAt", d.last_seen_at as "lastSeenAt"
    from devices d where d.user_id = ${userId} order by d.first_seen_at`),
  "push-notifications": list(sql`
    select p.browser, p.system, p.endpoint, p.created_at as "since",
      p.last_taken_at as "lastTakenAt"
    from push_subscriptions p where p.user_id = ${userId} order by p.created_at`),
  choices: list(sql`
    select c.by_kind as "byKind", c.push_content as "pushContent", c.mail_content as "mailContent",
      c.has_sound as "hasSound", c.quiet_from as "quietFrom", c.quiet_to as "quietTo",
      c.time_zone as "timeZone", c.locale, c.updated_at as "updatedAt"
    from notification_choices c where c.user_id = ${userId}`),
  notifications: list(sql`
    select n.kind, n.data, n.created_at as "createdAt", n.read_at as "readAt"
    from notifications n where n.user_id = ${userId} order by n.version`),
  "blocked-people": list(sql`
    select b.blocked_id as "id", u.name, b.created_at as "since"
    from blocks b join users u on u.id = b.blocked_id
    where b.blocker_id = ${userId} order by b.created_at`),
  reports: list(sql`
    select r.target, r.reason, r.note, r.created_at as "createdAt", f.chat_id as "chatId", f.seq,
      f.outcome, f.resolved_at as "decidedAt"
    from reports r join flags f on f.id = r.flag_id
    where r.reporter_id = ${userId} order by r.created_at`),
  sanctions: list(sql`
    select s.kind, s.reason, s.created_at as "imposedAt", s.ends_at as "endsAt",
      s.acknowledged_at as "acknowledgedAt", s.appeal, s.appealed_at as "appealedAt",
      s.appeal_answer as "appealAnswer", s.appeal_decided_at as "appealDecidedAt",
      s.lifted_at as "liftedAt", s.lift_reason as "liftReason"
    from sanctions s where s.user_id = ${userId} order by s.created_at`),
  decisions: list(sql`
    select f.chat_id as "chatId", f.seq, f.outcome, f.statement, f.is_redacted as "isRemoved",
      f.resolved_at as "decidedAt",
      (select a.appeal from flags a where a.appeal_of = f.id and a.appealed_by = ${userId})
        as appeal
    from flags f
    where f.person_id = ${userId} and f.source <> 'appeal' and f.status = 'resolved'
      and f.outcome <> 'fine'
    order by f.resolved_at`),
  disputes: list(sql`
    select d.chat_id as "chatId", d.reason, d.wish, d.statement, d.opened_at as "openedAt",
      d.status, d.outcome, d.decision, d.resolved_at as "decidedAt"
    from disputes d where d.opened_by = ${userId} order by d.opened_at`),
  listings: list(sql`
    select s.reference, s.title, s.description, s.price_amount as "priceAmount",
      s.price_currency as "priceCurrency", s.stage, s.created_at as "createdAt"
    from subjects s where s.seller_id = ${userId} order by s.created_at`),
  actions: list(sql`
    select l.at, l.action, l.chat_id as "chatId", l.dispute_id as "disputeId"
    from audit_log l where l.actor_id = ${userId} order by l.seq`),
  chats: list(sql`
    select c.id, p.role, c.status, s.reference, s.title, p.joined_at as "joinedAt",
      p.read_seq as "readSeq", p.archived_at as "hiddenAt", p.muted_until as "mutedUntil"
    from chat_participants p join chats c on c.id = p.chat_id
      join subjects s on s.id = c.subject_id
    where p.user_id = ${userId} and p.role <> 'moderator' and c.dispute_id is null
    order by c.created_at, c.id`),
  pictures: list(sql`
    select a.id, a.chat_id as "chatId", a.alt, a.width, a.height, a.created_at as "createdAt",
      a.dispute_id as "disputeId", 'pictures/' || a.id || '.webp' as file
    from attachments a
    where a.uploader_id = ${userId} and a.stored_at is not null order by a.created_at, a.id`),
});
