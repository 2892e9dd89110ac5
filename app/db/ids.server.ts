import { is, SQL, sql } from "drizzle-orm";

/** Ids as the one value that a statement takes them as, with `anyOf` around its placeholder. */
export const idList = (ids: readonly string[]): string => `{${ids.join(",")}}`;

/**
 * To be compared with by `=`: any of these ids. PostgreSQL sees how many there are, or guesses ten. Of
 * what is unpacked from JSON it guesses a hundred, and reads whole tables to find one of them.
 *
 * @param ids or the placeholder of an `idList`
 */
export const anyOf = (ids: readonly string[] | SQL): SQL => sql`any(${asIds(ids)})`;

/** The same as rows of `alias(id)`. */
export const eachOf = (ids: readonly string[] | SQL, alias: string): SQL =>
  sql`unnest(${asIds(ids)}) as ${sql.raw(alias)}(id)`;

const asIds = (ids: readonly string[] | SQL): SQL =>
  sql`${is(ids, SQL) ? ids : idList(ids)}::text::uuid[]`;
