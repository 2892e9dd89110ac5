import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";

/** Pages of PostgreSQL, 8 kB each as it is built by default: those that there are, and that it takes. */
export type Space = { name: string; pages: number; needed: number };

export type TableSpace = Space & { indexes: Space[] };

/** The next table behind one of that name that has any pages to speak of. @returns null behind the last */
export async function nextTable(db: Db, after: string): Promise<string | null> {
  const [row] = await db.execute<{ name: string }>(sql`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname > ${after}
      and pg_table_size(c.oid) + pg_indexes_size(c.oid)
        > ${leastWon} * current_setting('block_size')::int
    order by c.relname limit 1`);
  return row?.name ?? null;
}

/**
 * How many pages a table and its indexes have, and about how many a fresh copy of them would.
 *
 * What rows need is added up from the widths of columns that ANALYZE saw, with what every row (23
 * bytes and a bit a column), entry of an index (8) and pointer to one (4) has beside them, each to the
 * next multiple of 8 (https://www.postgresql.org/docs/18/storage-page-layout.html). A B-tree is built
 * 90 % full. What an index of another kind needs is not known: it counts as grown as the worst beside
 * it. A table in which rows were never counted is taken to need what it has.
 *
 * @param rows `counted`: as the last VACUUM counted them; `live`: as PostgreSQL reckons since, which
 *   knows what was deleted a moment ago, and nothing after a crash
 */
export async function measureTable(
  db: Db,
  table: string,
  rows: "counted" | "live" = "counted",
): Promise<TableSpace> {
  const found = await db.execute<Space & { kind: string }>(sql`
    with page as (select current_setting('block_size')::int as bytes),
    own as (
      select c.oid, c.relname, c.reltuples >= 0 or ${rows}::text = 'live' as is_known,
        case ${rows}::text when 'live' then pg_stat_get_live_tuples(c.oid)
          else greatest(c.reltuples, 0) end as rows,
        coalesce((select option_value::int from pg_options_to_table(c.reloptions)
          where option_name = 'fillfactor'), 100) / 100.0 as full_to
      from pg_class c where c.oid = ${`public.${quoted(table)}`}::regclass
    ),
    width as (
      select a.attnum, coalesce(s.avg_width * (1 - s.null_frac), 8) as bytes
      from own join pg_attribute a on a.attrelid = own.oid
      left join pg_stats s on s.schemaname = 'public' and s.tablename = own.relname
        and s.attname = a.attname and not s.inherited
      where a.attnum > 0 and not a.attisdropped
    ),
    entry as (
      select i.indexrelid, sum(w.bytes) as bytes
      from own join pg_index i on i.indrelid = own.oid join width w on w.attnum = any(i.indkey)
      where i.indisvalid group by 1
    ),
    line as (select ceil((23 + count(*) / 8.0) / 8) * 8 + ceil(sum(bytes) / 8) * 8 + 4 as bytes from width)
    select own.relname as name, 'table' as kind, pg_relation_size(own.oid)::int8 / page.bytes as pages,
      case when is_known then ceil(own.rows * line.bytes / (page.bytes - 24) / own.full_to)
        else pg_relation_size(own.oid)::int8 / page.bytes end as needed
    from own, line, page
    union all
    select c.relname, a.amname, pg_relation_size(c.oid)::int8 / page.bytes,
      case when is_known then 2 + ceil((8 + 4 + ceil(entry.bytes / 8) * 8) / (page.bytes - 40) / 0.9
          -- Of an index over some of the rows only how many there were last is known.
          * case when i.indpred is null then own.rows else least(greatest(c.reltuples, 0), own.rows) end)
        else pg_relation_size(c.oid)::int8 / page.bytes end
    from own, page, entry join pg_index i using (indexrelid) join pg_class c on c.oid = indexrelid
      join pg_am a on a.oid = c.relam
    order by 1`);
  const spaces = found.map(({ pages, needed, ...of }) => ({
    ...of,
    pages: Number(pages),
    needed: Number(needed),
  }));
  const own = spaces.find(({ kind }) => kind === "table");
  if (!own) throw new Error(`No such table: ${table}`);
  const trees = spaces.filter(({ kind }) => kind === "btree");
  const growth = Math.max(1, ...trees.filter(isWorthMaking).map(grown));
  const others = spaces
    .filter(({ kind }) => kind !== "table" && kind !== "btree")
    .map((index) => ({ ...index, needed: Math.ceil(index.pages / growth) }));
  return { ...own, indexes: [...trees, ...others] };
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Pages, half a megabyte: where less is to be won, the table is not worth the trouble. */
const leastWon = 64;
/** Trees whose keys come in no order are this much larger than fresh ones, and stay so. */
const usualGrowth = 1.4;
/** The same of an index, which is built in one go. */
const leastWonOfIndex = 8;

const grown = ({ pages, needed }: Space) => pages / Math.max(needed, 1);

/** Whether an index is to be built anew. */
export const isWorthMaking = (index: Space) =>
  index.pages - index.needed > leastWonOfIndex && grown(index) > usualGrowth;

/** Whether rows are to be moved to the front of their table: a fifth of it is empty. */
export const isWorthMoving = (table: Space) =>
  table.pages - table.needed > leastWon && grown(table) > 1.25;

/** Whether there is anything to win at all. */
export const isGrown = (table: TableSpace) =>
  isWorthMoving(table) || table.indexes.some(isWorthMaking);
