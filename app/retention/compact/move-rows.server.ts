import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { quoted } from "./bloat.server";
import { codeOf } from "./maintain.server";

/** Somebody is at a row that would be moved: it is left where it is instead of waiting longer, in ms. */
const lockMs = 20;
/** More versions than this of one row do not fit on a page. */
const mostRounds = 300;

/**
 * The column that is changed to itself. In no index if possible: then nobody who refers to a row
 * waits for it.
 *
 * @returns null for a table whose changes somebody is told of: its rows stay where they are
 */
export async function columnToTouch(db: Db, table: string): Promise<string | null> {
  const [row] = await db.execute<{ name: string }>(sql`
    select a.attname as name from pg_attribute a
    where a.attrelid = ${`public.${quoted(table)}`}::regclass and a.attnum > 0
      and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
      and not exists (
        select from pg_trigger t where t.tgrelid = a.attrelid and not t.tgisinternal
          and t.tgtype & 16 <> 0)
    order by exists (
      select from pg_index i where i.indrelid = a.attrelid and a.attnum = any(i.indkey)), a.attnum
    limit 1`);
  return row?.name ?? null;
}

/**
 * Moves the rows of some pages into free room of others, by updating them to what they are: no value
 * changes, none of those that streams and the tail of notifications go by among them.
 *
 * A row moves within its page as long as that has room. So all happens in one transaction, in which
 * the versions left behind cannot be cleared away and fill the page up.
 *
 * @param begin of the first page, counted from 0
 * @param end behind the last page
 * @returns `full`: there is no room before them, and they are where they were; `locked`: somebody
 *   works on one of them
 */
export async function moveRows(
  db: Db,
  table: string,
  { column, begin, end }: { column: string; begin: number; end: number },
): Promise<"moved" | "full" | "locked"> {
  const name = quoted(column);
  try {
    await db.execute(
      sql.raw(`do $move$
        declare
          moved int;
          behind int;
        begin
          perform set_config('lock_timeout', '${lockMs}ms', true);
          for round in 1..${mostRounds} loop
            with touched as (
              update public.${quoted(table)} set ${name} = ${name}
              where ctid >= '(${begin},0)' and ctid < '(${end},0)'
              returning (ctid::text::point)[0] as page
            )
            select count(*), count(*) filter (where page >= ${end}) into moved, behind from touched;
            exit when moved = 0;
            if behind > moved / 2 then
              raise exception 'There is no room before them' using errcode = '${noRoom}';
            end if;
          end loop;
        end $move$`),
    );
    return "moved";
  } catch (error) {
    switch (codeOf(error)) {
      case noRoom:
        return "full";
      // Of lock_timeout, and of two who wait for each other.
      case "55P03":
      case "40P01":
        return "locked";
      default:
        throw error;
    }
  }
}

/** Of a class that is nobody's. */
const noRoom = "PRL01";
