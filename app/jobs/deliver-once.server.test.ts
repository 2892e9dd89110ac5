import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { deliveries } from "~/db/schema";
import { db } from "~test/database";
import { type DeliveryKey, deliverOnce, NotTaken } from "./deliver-once.server";
import { unknownDeliveries } from "./job-metrics.server";

const newKey = (): DeliveryKey => `mail:${randomUUID()}`;

/** The other side, which counts what it took. */
function makePostbox() {
  const box = {
    taken: 0,
    take: async (handOver: () => Promise<void>) => {
      await handOver();
      box.taken++;
    },
  };
  return box;
}

/** As if the one who handed it over had had no answer for so long. */
const letPass = (key: DeliveryKey, minutes: number) =>
  db
    .update(deliveries)
    .set({ at: sql`now() - make_interval(mins => ${minutes})` })
    .where(eq(deliveries.key, key));

async function stateOf(key: DeliveryKey) {
  const [row] = await db.select().from(deliveries).where(eq(deliveries.key, key));
  return row?.state;
}

async function countOfUnknown() {
  const { values } = await unknownDeliveries.get();
  return values.find(({ labels }) => labels.channel === "mail")?.value ?? 0;
}

test("what was delivered is not delivered again", async () => {
  const [key, box] = [newKey(), makePostbox()];
  expect(await deliverOnce(db, key, box.take)).toBe("delivered");
  expect(await deliverOnce(db, key, box.take)).toBe("earlier");
  expect([box.taken, await stateOf(key)]).toEqual([1, "done"]);
});

test("what failed before it was handed over is delivered by the next attempt", async () => {
  const [key, box] = [newKey(), makePostbox()];
  const fail = () => deliverOnce(db, key, () => Promise.reject(new Error("No connection")));
  await expect(fail()).rejects.toThrow("No connection");
  expect(await deliverOnce(db, key, box.take)).toBe("delivered");
});

test("what the other side refused is delivered by the next attempt", async () => {
  const [key, box] = [newKey(), makePostbox()];
  const refused = deliverOnce(db, key, async (handOver) => {
    await handOver();
    throw new NotTaken("451 try again later");
  });
  await expect(refused).rejects.toThrow("451");
  expect(await stateOf(key)).toBe("begun");
  expect(await deliverOnce(db, key, box.take)).toBe("delivered");
  expect(box.taken).toBe(1);
});

test("what was handed over and never answered is not sent again, and counted", async () => {
  const [key, box] = [newKey(), makePostbox()];
  const before = await countOfUnknown();
  const cut = await deliverOnce(db, key, async (handOver) => {
    await handOver();
    throw new Error("read ECONNRESET");
  });
  expect(cut).toBe("unknown");
  expect(await deliverOnce(db, key, box.take)).toBe("earlier");
  expect([box.taken, await countOfUnknown()]).toEqual([0, before + 1]);
});

test("an attempt that was killed after handing over is not repeated, and counted once", async () => {
  const [key, box] = [newKey(), makePostbox()];
  const before = await countOfUnknown();
  const killed = Promise.withResolvers<void>();
  void deliverOnce(db, key, async (handOver) => {
    await handOver();
    killed.resolve();
    await new Promise(() => {});
  });
  await killed.promise;
  // It may be alive and hear the answer yet.
  await expect(deliverOnce(db, key, box.take)).rejects.toThrow("may still get an answer");
  await letPass(key, 3);
  expect(await deliverOnce(db, key, box.take)).toBe("unknown");
  expect(await deliverOnce(db, key, box.take)).toBe("earlier");
  expect([box.taken, await countOfUnknown()]).toEqual([0, before + 1]);
});

test("an attempt that was killed before handing over is repeated, and may not go on itself", async () => {
  const [key, box] = [newKey(), makePostbox()];
  const [held, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const older = deliverOnce(db, key, async (handOver) => {
    held.resolve();
    await goOn.promise;
    await handOver();
    box.taken++;
  });
  await held.promise;
  expect(await deliverOnce(db, key, box.take)).toBe("delivered");
  goOn.resolve();
  await expect(older).rejects.toThrow("Another attempt has");
  expect([box.taken, await stateOf(key)]).toEqual([1, "done"]);
});

test("of many attempts at once one delivers", async () => {
  const [key, box] = [newKey(), makePostbox()];
  const attempts = Array.from({ length: 12 }, () => deliverOnce(db, key, box.take));
  const settled = await Promise.allSettled(attempts);
  expect(box.taken).toBe(1);
  const delivered = settled.filter(
    (one) => one.status === "fulfilled" && one.value === "delivered",
  );
  expect(delivered).toHaveLength(1);
});

test("handing over twice in one attempt is handing over once", async () => {
  const key = newKey();
  const delivered = await deliverOnce(db, key, async (handOver) => {
    await handOver();
    await handOver();
  });
  expect(delivered).toBe("delivered");
});
