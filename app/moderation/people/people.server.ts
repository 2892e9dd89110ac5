import { type SQL, sql } from "drizzle-orm";
import { isLockedOut, standingOf } from "~/accounts/standing.server";
import { searchText } from "~/chats/search-query";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import type { ListedPerson, PeopleFilter, PeopleSort } from "./person";

type Asked = {
  filter: PeopleFilter;
  sort: PeopleSort;
  /** Part of a name or an e-mail address, or an id, ours or the marketplace's. */
  q?: string;
  /** The `next` of the page before; what no list gave out starts over. */
  after?: string;
  size: number;
};

/** People on a page of the list. */
export const peopleSize = 30;

/** People as moderators find them: who they are and how they stand, and nothing that they said. */
export async function listPeople(
  db: Db,
  { filter, sort, q, after, size }: Asked,
): Promise<{ people: ListedPerson[]; next: string | null }> {
  const asked = searchText(q ?? "");
  const { key, isUpwards } = orders[sort];
  const place = await findPlace(db, after, key);
  const direction = isUpwards ? sql`asc` : sql`desc`;
  const rows = await db.execute<Row>(sql`
    select ${users.id}, ${users.name}, ${users.email}, ${users.role},
      ${users.createdAt} as joined_at, ${standingOf(users.id)} as standing,
      (select count(*)::int from sanctions s where s.user_id = ${users.id}) as sanctions,
      ${waits} as has_appeal
    from ${users}
    where ${filters[filter]}
      ${asked ? sql`and ${matches(asked)}` : sql``}
      ${place ? sql`and (${key}, ${users.id}) ${isUpwards ? sql`>` : sql`<`} (${place.key}, ${place.id}::uuid)` : sql``}
    order by ${key} ${direction}, ${users.id} ${direction}
    limit ${size + 1}`);
  const people = rows.slice(0, size).map(
    ({ joined_at, has_appeal, ...row }): ListedPerson => ({
      ...row,
      joinedAt: new Date(joined_at).toISOString(),
      hasAppeal: has_appeal,
    }),
  );
  return { people, next: rows.length > size ? (people.at(-1)?.id ?? null) : null };
}

type Row = Omit<ListedPerson, "joinedAt" | "hasAppeal"> & {
  joined_at: string;
  has_appeal: boolean;
};

/** As the index of appeals that wait says it; one that was lifted has nothing left to decide. */
const isWaiting = sql`s.appealed_at is not null and s.appeal_decided_at is null
  and s.lifted_at is null`;
const waits = sql`exists (select from sanctions s where s.user_id = ${users.id} and ${isWaiting})`;

const filters: Record<PeopleFilter, SQL> = {
  all: sql`true`,
  sanctioned: isLockedOut(users.id),
  appeals: waits,
  staff: sql`${users.role} <> 'user'`,
};

const orders: Record<PeopleSort, { key: SQL; isUpwards: boolean }> = {
  newest: { key: sql`${users.createdAt}`, isUpwards: false },
  oldest: { key: sql`${users.createdAt}`, isUpwards: true },
  name: { key: sql`lower(${users.name})`, isUpwards: true },
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A page goes on after a person, wherever he stands by now. */
async function findPlace(db: Db, after: string | undefined, key: SQL) {
  if (!after || !uuid.test(after)) return null;
  const isThere = await db.execute(sql`select from ${users} where ${users.id} = ${after}`);
  if (!isThere.length) return null;
  return { id: after, key: sql`(select ${key} from ${users} where ${users.id} = ${after})` };
}

function matches(q: string): SQL {
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const isHim = uuid.test(q) ? sql`or ${users.id} = ${q}` : sql``;
  return sql`(${users.name} ilike ${pattern} or ${users.email} ilike ${pattern}
    or ${users.externalId} = ${q} ${isHim})`;
}
