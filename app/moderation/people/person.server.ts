import { desc, eq, sql } from "drizzle-orm";
import { standingOf } from "~/accounts/standing.server";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { formatPlace, parsePlace } from "~/db/list-place.server";
import { erasures, sessions, users } from "~/db/schema";
import { erasedEmail } from "~/retention/erase/erased";
import { holdsOfPerson } from "~/retention/holds.server";
import { countBlocks } from "~/safety/blocks/list-blocked.server";
import { audit } from "../audit/audit.server";
import type { ChatOfPerson, ErasureOfPerson, SessionOfPerson } from "./person";
import { sanctionHistory } from "./sanction-history.server";

/** Chats on a person's page. */
const chatsAtOnce = 20;

/**
 * What moderators see of a person: who he is, what he bore, his chats by subject, where he is signed
 * in, how many block him. The look is in the audit log, or it is not given.
 *
 * @param after the `nextChats` of the page before
 * @returns null when there is no such person
 */
export async function viewPerson(db: Db, viewer: Viewer, id: string, after?: string) {
  return db.transaction(async (tx) => {
    const [person] = await tx
      .select({
        id: users.id,
        name: users.name,
        email: users.email,
        role: users.role,
        joinedAt: users.createdAt,
        standing: standingOf(users.id),
        externalId: users.externalId,
        isVerified: users.isVerified,
        dealsDone: users.dealsDone,
        hostSuspendedAt: users.hostSuspendedAt,
        isErased: sql<boolean>`${users.erasedAt} is not null`,
      })
      .from(users)
      .where(eq(users.id, id));
    if (!person) return null;
    const page = {
      person: {
        ...person,
        joinedAt: person.joinedAt.toISOString(),
        hostSuspendedAt: person.hostSuspendedAt?.toISOString() ?? null,
      },
      sanctions: await sanctionHistory(tx, id),
      sessions: await sessionsOf(tx, id),
      blocks: await countBlocks(tx, id),
      holds: await holdsOfPerson(tx, id, new Date()),
      erasure: await findErasure(tx, id),
      ...(await chatsOf(tx, id, after)),
    };
    await audit(tx, viewer, { action: "user.viewed", personId: id });
    return page;
  });
}

/** Who it was is known until all is done: those need it who decide what holds it. */
async function findErasure(tx: Db, userId: string): Promise<ErasureOfPerson | null> {
  const [row] = await tx.select().from(erasures).where(eq(erasures.userId, userId));
  if (!row) return null;
  const { state, messages, requestedAs, name } = row;
  // Who had no address was given nobody's.
  const email = row.email === erasedEmail(userId) ? null : row.email;
  const times = { requestedAt: row.requestedAt.toISOString(), dueAt: row.dueAt.toISOString() };
  const doneAt = row.doneAt?.toISOString() ?? null;
  return { state, messages, requestedAs, name, email, ...times, doneAt };
}

async function sessionsOf(tx: Db, userId: string): Promise<SessionOfPerson[]> {
  const rows = await tx
    .select({ signedInAt: sessions.createdAt, expiresAt: sessions.expiresAt })
    .from(sessions)
    .where(sql`${sessions.userId} = ${userId} and ${sessions.expiresAt} > now()`)
    .orderBy(desc(sessions.createdAt));
  return rows.map(({ signedInAt, expiresAt }) => ({
    signedInAt: signedInAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}

/** Those in which he buys or sells, without the private threads of their disputes. */
async function chatsOf(tx: Db, userId: string, after?: string) {
  const place = after ? parsePlace(after) : null;
  const rows = await tx.execute<{ row: ChatOfPerson }>(sql`
    select json_build_object('id', c.id, 'status', c.status, 'role', me.role,
      'lastMessageAt', c.last_message_at,
      'subject', json_build_object('reference', subject.reference, 'title', subject.title,
        'priceAmount', subject.price_amount, 'priceCurrency', subject.price_currency,
        'picture', subject.picture, 'stage', subject.stage),
      'other', json_build_object('id', other.id, 'name', other.name),
      'isBlocking', me.user_id = any(c.blocked_by), 'isBlocked', other.id = any(c.blocked_by),
      'disputeId', (select d.id from disputes d where d.chat_id = c.id and d.status <> 'resolved'))
      as row
    from chat_participants me
    join chats c on c.id = me.chat_id
    join subjects subject on subject.id = c.subject_id
    join users other
      on other.id = case when me.role = 'buyer' then subject.seller_id else c.buyer_id end
    where me.user_id = ${userId} and me.role <> 'moderator' and c.dispute_id is null
      ${place ? sql`and (c.last_message_at, c.id) < (${place.at}::timestamptz, ${place.id}::uuid)` : sql``}
    order by c.last_message_at desc, c.id desc
    limit ${chatsAtOnce + 1}`);
  const chats = rows.slice(0, chatsAtOnce).map(({ row }) => ({
    ...row,
    lastMessageAt: new Date(row.lastMessageAt).toISOString(),
  }));
  const last = chats.at(-1);
  const isMore = rows.length > chatsAtOnce;
  return {
    chats,
    nextChats: isMore && last ? formatPlace({ at: last.lastMessageAt, id: last.id }) : null,
  };
}
