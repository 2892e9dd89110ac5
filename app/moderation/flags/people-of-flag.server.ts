import { sql } from "drizzle-orm";
import type { ChatRow } from "~/chats/chat";
import type { Db } from "~/db/client.server";
import { findBlock } from "~/safety/blocks/list-blocked.server";
import { sanctionHistory } from "../people/sanction-history.server";
import type { FlagRow } from "./flag-row.server";
import type { PastFlag, PersonOfFlag, ReportOfFlag } from "./flag-view";

/** Earlier flags of a person that a page shows. */
const shownFlags = 5;

/** Of an appeal also those of what is appealed. */
export async function reportsOf(
  tx: Db,
  { id, appealOf }: Pick<FlagRow, "id" | "appealOf">,
): Promise<ReportOfFlag[]> {
  const rows = await tx.execute<{ report: ReportOfFlag }>(sql`
    select json_build_object('id', r.id, 'by', json_build_object('id', u.id, 'name', u.name),
      'target', r.target, 'reason', r.reason, 'note', r.note, 'createdAt', r.created_at) as report
    from reports r join users u on u.id = r.reporter_id
    where r.flag_id in (${id}, ${appealOf}) order by r.created_at, r.id`);
  return rows.map(({ report }) => ({ ...report, createdAt: iso(report.createdAt) }));
}

/** Both sides of the chat, and whom it concerns where that is neither, with what they bore before. */
export async function peopleOf(
  tx: Db,
  { id: flagId, personId }: Pick<FlagRow, "id" | "personId">,
  { participants }: Pick<ChatRow, "participants">,
): Promise<PersonOfFlag[]> {
  const people = participants
    .filter(({ id, role }) => id === personId || role !== "moderator")
    .sort((a, b) => Number(b.id === personId) - Number(a.id === personId));
  const found: PersonOfFlag[] = [];
  // One after the other: a transaction has one connection.
  for (const { id, name, role } of people) {
    const sanctions = await sanctionHistory(tx, id);
    const other = people.find((one) => one.role !== "moderator" && one.id !== id);
    const blocksSince = other && role !== "moderator" ? await findBlock(tx, id, other.id) : null;
    found.push({ id, name, role, sanctions, blocksSince, ...(await flagsOf(tx, id, flagId)) });
  }
  return found;
}

async function flagsOf(tx: Db, personId: string, besides: string) {
  const rows = await tx.execute<{ flag: PastFlag; count: number }>(sql`
    select json_build_object('id', f.id, 'source', f.source, 'outcome', f.outcome,
      'openedAt', f.opened_at) as flag, (count(*) over ())::int as count
    from flags f where f.person_id = ${personId} and f.id <> ${besides}
    order by f.opened_at desc, f.id desc limit ${shownFlags}`);
  return {
    flags: rows.map(({ flag }) => ({ ...flag, openedAt: iso(flag.openedAt) })),
    flagCount: rows[0]?.count ?? 0,
  };
}

const iso = (time: string) => new Date(time).toISOString();
