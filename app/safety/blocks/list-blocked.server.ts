import { and, eq, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { formatPlace, parsePlace } from "~/db/list-place.server";
import { blocks } from "~/db/schema";

export type Blocked = {
  id: string;
  name: string;
  /** ISO 8601, UTC. */
  since: string;
};

/**
 * Whom the viewer blocks, the latest first.
 *
 * @param after the `next` of the page before
 * @param size people on a page
 */
export async function listBlocked(
  db: Db,
  viewer: Pick<Viewer, "id">,
  { after, size }: { after?: string; size: number },
): Promise<{ people: Blocked[]; next: string | null }> {
  const start = after ? parsePlace(after) : null;
  const rows = await db.execute<{ id: string; name: string; since: Date | string }>(sql`
    select u.id, u.name, b.created_at as since
    from blocks b join users u on u.id = b.blocked_id
    where b.blocker_id = ${viewer.id}
      ${start ? sql`and (b.created_at, u.id) < (${start.at}::timestamptz, ${start.id}::uuid)` : sql``}
    order by b.created_at desc, u.id desc limit ${size + 1}`);
  const people = rows
    .slice(0, size)
    .map(({ since, ...person }) => ({ ...person, since: new Date(since).toISOString() }));
  const last = people.at(-1);
  const isMore = rows.length > size && last;
  return { people, next: isMore ? formatPlace({ at: last.since, id: last.id }) : null };
}

/** Since when one person blocks another, as ISO 8601 in UTC; null where he does not. */
export async function findBlock(
  db: Db,
  blockerId: string,
  blockedId: string,
): Promise<string | null> {
  const [found] = await db
    .select({ since: blocks.createdAt })
    .from(blocks)
    .where(and(eq(blocks.blockerId, blockerId), eq(blocks.blockedId, blockedId)));
  return found?.since.toISOString() ?? null;
}

/** How many people somebody blocks, and how many block him. */
export async function countBlocks(db: Db, personId: string) {
  const [found] = await db.execute<{ made: number; received: number }>(sql`
    select (select count(*) from blocks where blocker_id = ${personId})::int as made,
      (select count(*) from blocks where blocked_id = ${personId})::int as received`);
  return { made: found?.made ?? 0, received: found?.received ?? 0 };
}
