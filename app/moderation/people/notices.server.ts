import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { isNews, ofReport } from "~/safety/reports/own-reports.server";
import { isRemoval, isUnread, ofRemoval } from "./own-decisions.server";

/** Prepared, because every page says it. */
const selectNotices = prepare<Record<"removal" | "report", boolean>>(sql`
  select exists (
      select from flags f ${ofRemoval}
      where f.person_id = ${sql.placeholder("userId")} and ${isRemoval} and ${isUnread}) as removal,
    exists (
      select from reports r ${ofReport}
      where r.reporter_id = ${sql.placeholder("userId")} and ${isNews}) as report`);

/**
 * What moderators decided and the viewer has yet to see, beside warnings, which his session tells of:
 * that a message of his was removed, or an appeal of it decided; that something came of a report.
 */
export async function readNotices(
  db: Db,
  { id: userId }: Pick<Viewer, "id">,
): Promise<("removal" | "report")[]> {
  const [is] = await selectNotices(db, { userId });
  return (["removal", "report"] as const).filter((notice) => is?.[notice]);
}
