import { eq, isNotNull, sql } from "drizzle-orm";
import { v4 as uuidv4 } from "uuid";
import type { Db } from "./client.server";
import {
  chatMessages,
  chatParticipants,
  chats,
  deployment,
  messageTail,
  notificationClocks,
  notifications,
  sanctions,
  webhookEndpoints,
  webhookTail,
} from "./schema";

const snapshot = sql`pg_current_snapshot()::text`;

/** Cluster, timeline and database: any of them differs after a restore or a failover. */
const fingerprint = sql<string>`(
  select concat_ws('/', system.system_identifier, checkpoint.timeline_id, self.oid)
  from pg_control_system() system, pg_control_checkpoint() checkpoint, pg_database self
  where self.datname = current_database()
)`;

/**
 * Gives this database its epoch, and a new one when its rows come from a backup. Their transaction
 * ids then belong to another history, so they are moved to now: else a cursor could not tell them
 * from changes to come.
 */
export async function nameDeployment(db: Pick<Db, "transaction">): Promise<void> {
  await db.transaction(async (tx) => {
    const [here] = await tx.execute<{ fingerprint: string }>(
      sql`select ${fingerprint} fingerprint`,
    );
    // Locked, because every process looks when a database comes back, and one of them names it.
    const [known] = await tx.select().from(deployment).for("update");
    if (!here || known?.fingerprint === here.fingerprint) return;
    const row = { epoch: uuidv4(), fingerprint: here.fingerprint };
    if (!known) {
      await tx.insert(deployment).values(row);
      await tx.insert(messageTail).values({ snapshot }).onConflictDoNothing();
      return;
    }
    await tx.update(deployment).set(row);
    // What was unread when the backup was made is no news.
    await tx.update(messageTail).set({ snapshot });
    await tx.update(webhookTail).set({ snapshot });
    await tx.update(webhookEndpoints).set({ since: snapshot });
    const now = sql`pg_current_xact_id()`;
    await tx.update(chats).set({ createdXid: now, changedXid: now });
    await tx.update(chatMessages).set({ createdXid: now, changedXid: now });
    await tx.update(chatParticipants).set({ movedXid: now, shownXid: now });
    await tx.update(notifications).set({ createdXid: now });
    await tx.update(sanctions).set({ createdXid: now });
    await tx.update(sanctions).set({ liftedXid: now }).where(isNotNull(sanctions.liftedXid));
    await tx
      .update(notificationClocks)
      .set({ readXid: now })
      .where(isNotNull(notificationClocks.readXid));
  });
}

/** The name of this database's history; a cursor of another epoch means: reload. */
export async function readEpoch(db: Db): Promise<string> {
  const [row] = await db
    .select({ epoch: deployment.epoch })
    .from(deployment)
    .where(eq(deployment.only, "row"));
  if (!row) throw new Error("The database was not migrated: it has no epoch");
  return row.epoch;
}
