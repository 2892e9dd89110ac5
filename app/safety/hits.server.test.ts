import { expect, test } from "vitest";
import type { Db } from "~/db/client.server";
import { connect } from "~/db/client.server";
import { databaseUrl, db, sql } from "~test/database";
import { countHit, countHits, flushHits } from "./hits.server";

const countsOf = async (what: string) =>
  sql`select action, count from filter_hits where what = ${what}
    and day = (now() at time zone 'utc')::date order by action`;

test("what filters did is added to the day's figures, however many wrote them at once", async () => {
  const others = [connect(databaseUrl, { max: 1 }), connect(databaseUrl, { max: 1 })];
  const pools: Db[] = [db, ...others.map((other) => other.db)];
  for (const [at, pool] of pools.entries()) {
    for (let time = 0; time < 5; time++) {
      countHit(pool, at % 2 ? "email" : "link", "block");
      countHit(pool, at % 2 ? "link" : "email", "block");
    }
  }
  await Promise.all(pools.map(flushHits));
  await Promise.all(pools.map(flushHits));
  expect(await countsOf("email")).toMatchObject([{ action: "block", count: 15 }]);
  expect(await countsOf("link")).toMatchObject([{ action: "block", count: 15 }]);
  await Promise.all(others.map((other) => other.close()));
});

test("a verdict counts once for each kind and each rule, as what that one asked for", async () => {
  const rule = { id: "01900000-0000-7000-8000-000000000001", version: 3, message: "Not here" };
  countHits(db, {
    action: "block",
    reasons: [
      { kind: "scam", action: "block", words: ["gift card"] },
      { kind: "scam", action: "block", words: ["cheque"] },
      { kind: "rule", action: "warn", words: ["replica"], rule },
    ],
  });
  await flushHits(db);
  expect(await countsOf("scam")).toMatchObject([{ action: "block", count: 1 }]);
  expect(await countsOf(rule.id)).toMatchObject([{ action: "warn", count: 1 }]);
});

test("what could not be written is written the next time", async () => {
  const gone = connect(databaseUrl, { max: 1 });
  countHit(gone.db, "phone", "warn");
  const failing = { ...gone.db, execute: () => Promise.reject(new Error("No database")) };
  countHit(failing as unknown as Db, "phone", "warn");
  await expect(flushHits(failing as unknown as Db)).rejects.toThrow("No database");
  countHit(failing as unknown as Db, "phone", "warn");
  failing.execute = gone.db.execute.bind(gone.db) as never;
  await flushHits(failing as unknown as Db);
  await flushHits(gone.db);
  expect(await countsOf("phone")).toMatchObject([{ action: "warn", count: 3 }]);
  await gone.close();
});
