import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { dueKinds } from "./due";
import { messagesOf, monthsAfter, policyRows } from "./due.server";
import { heldChat, mayBeHeld } from "./holds.server";
import type { RetentionByStage } from "./policy";
import { horizons, type Preview } from "./preview";

/** Chats that one statement looks at: one of some tens of milliseconds. */
const pageSize = 10_000;

/**
 * How many chats a change would touch, and when: what is done to each by then if nobody writes, by
 * the policies that stand and by those that are to be. What is late is done at once, and what comes
 * after it counts from there.
 *
 * @param db is read in many short statements, so that nobody waits for it
 */
export async function previewChange(
  db: Db,
  { before, after, now }: { before: RetentionByStage; after: RetentionByStage; now: Date },
): Promise<Preview> {
  const preview: Preview = {
    kinds: dueKinds.map((kind) => ({
      kind,
      at: horizons.map((months) => ({ months, before: nothing(), after: nothing() })),
    })),
    held: 0,
  };
  let last: string | null = null;
  do {
    const page: Page | undefined = await readPage(db, { before, after, now, last });
    for (const { kind, at } of preview.kinds) {
      for (const one of at) {
        for (const which of ["before", "after"] as const) {
          one[which].chats += page?.counts[`${which}_${kind}_${one.months}`]?.[0] ?? 0;
          one[which].messages += page?.counts[`${which}_${kind}_${one.months}`]?.[1] ?? 0;
        }
      }
    }
    preview.held += page?.held ?? 0;
    last = page?.last ?? null;
  } while (last);
  return preview;
}

const nothing = () => ({ chats: 0, messages: 0 });

type Asked = { before: RetentionByStage; after: RetentionByStage; now: Date; last: string | null };

type Page = { last: string | null; held: number; counts: Record<string, [number, number]> };

async function readPage(db: Db, { before, after, now, last }: Asked): Promise<Page | undefined> {
  const moment = sql`${now.toISOString()}::timestamptz`;
  const whiches = ["before", "after"] as const;
  const counts = whiches.flatMap((which) =>
    dueKinds.flatMap((kind) =>
      horizons.map((months) => {
        const isBy = sql`x.${sql.raw(`${which}_${kind}`)} <= ${monthsAfter(moment, sql`${months}::int`)}`;
        return sql`${`${which}_${kind}_${months}`}::text, json_build_array(
          count(*) filter (where ${isBy}), coalesce(sum(x.messages) filter (where ${isBy}), 0))`;
      }),
    ),
  );
  const [row] = await db.execute<{ page: Page }>(sql`
    with page as materialized (
      select c.* from chats c
      where c.dispute_id is null ${last ? sql`and c.id > ${last}::uuid` : sql``}
      order by c.id limit ${pageSize}
    ), x as materialized (
      select c.id, ${messagesOf(sql`c`)} as messages,
        ${sql.join(
          whiches.map((which) => chainColumns(which)),
          sql`, `,
        )}
      from page c join subjects s on s.id = c.subject_id
      join ${policyRows(before, "before")} on before.stage = s.stage
      join ${policyRows(after, "after")} on after.stage = s.stage
      ${sql.join(
        whiches.map((which) => chain(which, moment)),
        sql` `,
      )}
      where c.status <> 'frozen'
    )
    select json_build_object(
      'last', case when (select count(*) from page) = ${pageSize}
        then (select id from page order by id desc limit 1) end,
      'held', count(*) filter (where
        least(x.after_close, x.after_archive, x.after_delete) <= ${moment}
        and case when x.id in (${mayBeHeld(now)}) then ${heldChat(sql`x.id`, now)} end),
      'counts', json_build_object(${sql.join(counts, sql`, `)})) as page
    from x`);
  return row?.page;
}

/** One step after the other, none before now. */
function chain(which: "before" | "after", moment: SQL): SQL {
  const of = (column: string) => sql.raw(`${which}.${column}`);
  const step = (name: string) => sql.raw(`${which}_${name}`);
  return sql`
    cross join lateral (select case
      when c.status = 'open' and ${of("close_after")} is not null then
        greatest(${moment}, ${monthsAfter(sql`c.last_message_at`, of("close_after"))}) end as at) ${step("c")}
    cross join lateral (select case
      when c.status = 'closed' and ${of("archive_after")} is not null then
        greatest(${moment}, ${monthsAfter(sql`greatest(c.closed_at, c.restored_at)`, of("archive_after"))})
      when c.status = 'open' then ${monthsAfter(sql`${step("c")}.at`, of("archive_after"))} end as at) ${step("a")}
    cross join lateral (select case
      when c.status = 'archived' and ${of("delete_after")} is not null then
        greatest(${moment}, ${monthsAfter(sql`c.archived_at`, of("delete_after"))})
      else ${monthsAfter(sql`${step("a")}.at`, of("delete_after"))} end as at) ${step("d")}`;
}

const chainColumns = (which: "before" | "after") =>
  sql.raw(
    `${which}_c.at as ${which}_close, ${which}_a.at as ${which}_archive, ${which}_d.at as ${which}_delete`,
  );
