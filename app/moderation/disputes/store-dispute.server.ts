import { sql } from "drizzle-orm";
import type { StagedPicture } from "~/attachments/staged.server";
import { takeStaged } from "~/attachments/staged.server";
import type { Db } from "~/db/client.server";
import { disputes } from "~/db/schema";
import { environment } from "~/operations/environment.server";

type New = Pick<
  typeof disputes.$inferInsert,
  "chatId" | "openedBy" | "openedAs" | "reason" | "wish" | "statement" | "appealOf"
>;

/** Its clock starts with the database's time, which orders the disputes of a chat. */
export async function storeDispute(
  tx: Db,
  dispute: New,
  pictures: readonly StagedPicture[] = [],
): Promise<string> {
  const { disputeFirstLookHours, disputeDecisionHours } = environment();
  const inHours = (hours: number) => sql`clock_timestamp() + ${hours}::int * interval '1 hour'`;
  const [stored] = await tx
    .insert(disputes)
    .values({
      ...dispute,
      openedAt: sql`clock_timestamp()`,
      firstLookDue: inHours(disputeFirstLookHours),
      decisionDue: inHours(disputeDecisionHours),
    })
    .returning({ id: disputes.id });
  if (!stored) throw new Error("A dispute was not stored");
  if (pictures.length) await takeStaged(tx, { disputeId: stored.id }, pictures);
  return stored.id;
}
