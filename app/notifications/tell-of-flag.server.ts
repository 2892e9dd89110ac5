import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { FlagOutcome } from "~/moderation/flags/flag";
import { type NotificationDraft, raiseNotifications } from "./raise.server";

export type DecidedFlag = {
  id: string;
  chatId: string;
  personId: string;
  appealOf: string | null;
  appealedBy: string | null;
};

/** What was decided about a flag, and what came of that. */
export type DecidedAs = { outcome: FlagOutcome; isRestored: boolean; sanctionId?: string };

/**
 * Tells the person whom a flag concerns and those who reported or appealed. Who is found fine hears
 * nothing unless he asked: not even that there was something. Nobody learns who reported.
 */
export async function tellOfDecidedFlag(
  tx: Db,
  flag: DecidedFlag,
  decided: DecidedAs,
): Promise<void> {
  const reports = await tx.execute<{ reporter_id: string; flag_id: string }>(sql`
    select distinct reporter_id, flag_id from reports where flag_id in (${flag.id}, ${flag.appealOf})`);
  const { chatId } = flag;
  await raiseNotifications(tx, [
    ...toPerson(flag, decided),
    ...reports.map(
      ({ reporter_id: userId, flag_id: subjectId }): NotificationDraft => ({
        ...{ userId, kind: "report", subjectId },
        data: { what: subjectId === flag.id ? "decided" : "appealDecided", chatId },
      }),
    ),
  ]);
}

function toPerson(flag: DecidedFlag, { outcome, isRestored, sanctionId }: DecidedAs) {
  const { id, chatId, personId: userId, appealOf, appealedBy } = flag;
  const drafts: NotificationDraft[] = [];
  if (appealOf && appealedBy === userId) {
    const what = isRestored ? "restored" : "appealDecided";
    drafts.push({ userId, kind: "removal", subjectId: appealOf, data: { what, chatId } });
  } else if (outcome === "redacted") {
    drafts.push({ userId, kind: "removal", subjectId: id, data: { what: "removed", chatId } });
  }
  // A message that is removed with it is told of with it.
  if (sanctionId) {
    drafts.push({ userId, kind: "sanction", subjectId: sanctionId, data: { what: "imposed" } });
  }
  return drafts;
}
