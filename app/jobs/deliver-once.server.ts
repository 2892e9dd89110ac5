import { and, eq, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { deliveries } from "~/db/schema";
import { log } from "~/operations/log.server";
import { unknownDeliveries } from "./job-metrics.server";

/** The other side said that it took nothing, or nobody was there: it may be sent again. */
export class NotTaken extends Error {
  override name = "NotTaken";
}

/** Another attempt may send it, or did: this one may not. */
class Superseded extends Error {
  override name = "Superseded";
}

/** Who handed something over is told within this what became of it, or nobody knows. */
const patience = sql`interval '2 minutes'`;

/** What is delivered to whom, after the channel that it takes. */
export type DeliveryKey = `${"mail" | "push"}:${string}`;

/**
 * Delivers something that cannot be taken back, at most once, however often it is called and wherever
 * it is killed. What was handed over and never answered is not sent again; it is counted.
 *
 * @param db not a transaction: each step is committed before the next
 * @param key the same thing has the same key, also in another attempt or process
 * @param deliver calls `handOver` and waits for it right before the other side can have taken it
 *   (before a mail's final dot, before a push's request), after whatever takes long. Where it rejects
 *   with `NotTaken` after that, or with anything before it, another attempt may send.
 * @returns `earlier` where it was delivered before, `unknown` where nobody knows whether it was
 * @throws what `deliver` rejects with, where another attempt may send
 */
export async function deliverOnce(
  db: Db,
  key: DeliveryKey,
  deliver: (handOver: () => Promise<void>) => Promise<void>,
): Promise<"delivered" | "earlier" | "unknown"> {
  const attempt = await begin(db, key);
  if (typeof attempt === "string") return attempt;
  const isMine = and(eq(deliveries.key, key), eq(deliveries.attemptXid, attempt.xid));
  const move = async (from: "begun" | "handed_over", to: "begun" | "handed_over" | "done") => {
    const moved = await db
      .update(deliveries)
      .set({ state: to, at: sql`now()` })
      .where(and(isMine, eq(deliveries.state, from)))
      .returning({ key: deliveries.key });
    return moved.length === 1;
  };
  let handing: Promise<void> | undefined;
  const handOver = () => {
    handing ??= move("begun", "handed_over").then((mine) => {
      if (!mine) throw new Superseded(`Another attempt has ${key}`);
    });
    return handing;
  };
  try {
    await deliver(handOver);
  } catch (error) {
    const isOut = await handing?.then(
      () => true,
      () => false,
    );
    if (!isOut) throw error;
    if (error instanceof NotTaken) {
      await move("handed_over", "begun");
      throw error;
    }
    if (await move("handed_over", "done")) countUnknown(key, error);
    return "unknown";
  }
  if (!handing) throw new Error(`${key} was delivered and never handed over`);
  await move("handed_over", "done");
  return "delivered";
}

function countUnknown(key: DeliveryKey, error: unknown): void {
  unknownDeliveries.inc({ channel: key.slice(0, 4) });
  log.warn({ key, err: error }, "nobody knows whether it was delivered; it is not sent again");
}

/** @returns the attempt that may deliver, unless nobody may any more */
async function begin(db: Db, key: DeliveryKey): Promise<{ xid: string } | "earlier" | "unknown"> {
  const [begun] = await db
    .insert(deliveries)
    .values({ key })
    .onConflictDoUpdate({
      target: deliveries.key,
      set: { attemptXid: sql`pg_current_xact_id()`, at: sql`now()` },
      setWhere: eq(deliveries.state, "begun"),
    })
    .returning({ xid: deliveries.attemptXid });
  if (begun) return begun;
  const [given] = await db
    .update(deliveries)
    .set({ state: "done" })
    .where(
      and(
        eq(deliveries.key, key),
        eq(deliveries.state, "handed_over"),
        sql`${deliveries.at} < now() - ${patience}`,
      ),
    )
    .returning({ key: deliveries.key });
  if (given) {
    countUnknown(
      key,
      new Error("The process that handed it over was gone before it had an answer"),
    );
    return "unknown";
  }
  const [{ state } = { state: "begun" }] = await db
    .select({ state: deliveries.state })
    .from(deliveries)
    .where(eq(deliveries.key, key));
  if (state === "done") return "earlier";
  throw new Superseded(`Another attempt handed ${key} over and may still get an answer`);
}
