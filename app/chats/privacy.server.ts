import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { notify } from "~/live/notify.server";

/** What a person lets others see; who keeps one to himself does not see it of others either. */
export type PrivacyChoice = { sharesReads: boolean; sharesPresence: boolean };

/** The fields of the form: a switch that is off is not sent. */
export const privacyForm = z.object({
  intent: z.literal("privacy"),
  sharesReads: z.boolean().default(false),
  sharesPresence: z.boolean().default(false),
});

export async function readPrivacy(db: Db, viewer: Pick<Viewer, "id">): Promise<PrivacyChoice> {
  const [row] = await db.execute<{ shares_reads: boolean; shares_presence: boolean }>(sql`
    select shares_reads, shares_presence from users where id = ${viewer.id}`);
  return {
    sharesReads: row?.shares_reads ?? false,
    sharesPresence: row?.shares_presence ?? false,
  };
}

/** Open streams of the viewer and of those he talks to follow at once, on every instance. */
export async function savePrivacy(
  db: Db,
  viewer: Pick<Viewer, "id">,
  { sharesReads, sharesPresence }: PrivacyChoice,
): Promise<void> {
  await db.transaction(async (tx) => {
    // Locked first: of two choices at once the later one sees what the earlier one changed.
    const [before] = await tx.execute<{ shares_reads: boolean; shares_presence: boolean }>(sql`
      select shares_reads, shares_presence from users where id = ${viewer.id} for no key update`);
    const isSame =
      before?.shares_reads === sharesReads && before.shares_presence === sharesPresence;
    if (!before || isSame) return;
    await tx.execute(sql`
      update users set shares_reads = ${sharesReads}, shares_presence = ${sharesPresence}
      where id = ${viewer.id}`);
    if (before.shares_reads !== sharesReads) {
      // Streams that are away now find the change when they resume. In one order, as all moves.
      await tx.execute(sql`
        with mine as (
          select chat_id from chat_participants where user_id = ${viewer.id}
          order by chat_id for no key update)
        update chat_participants p set shown_xid = pg_current_xact_id()
        from mine where p.chat_id = mine.chat_id and p.user_id = ${viewer.id}`);
    }
    await notify(tx, [{ kind: "privacy", userId: viewer.id, sharesPresence }]);
  });
}
