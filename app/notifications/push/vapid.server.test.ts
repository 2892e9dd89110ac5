import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect } from "~/db/client.server";
import { databaseUrl, db } from "~test/database";
import { readVapid } from "./vapid.server";
import { isVapidPair } from "./vapid-pair";

test("processes that start at the same time make one pair of keys, which stays", async () => {
  const other = connect(databaseUrl);
  try {
    const read = await Promise.all([db, other.db, db, other.db].map(readVapid));
    const keys = new Set(read.map(({ publicKey, privateKey }) => `${publicKey} ${privateKey}`));
    expect(keys.size).toBe(1);
    const [first] = read;
    expect(first && isVapidPair(first.publicKey, first.privateKey)).toBe(true);
    expect(await readVapid(db)).toEqual(first);
    const [kept] = await db.execute<{ count: number }>(sql`select count(*)::int from vapid_keys`);
    expect(kept?.count).toBe(1);
  } finally {
    await other.close();
  }
});

test("halves of two pairs are no pair", async () => {
  const { publicKey } = await readVapid(db);
  expect(isVapidPair(publicKey, Buffer.alloc(32, 7).toString("base64url"))).toBe(false);
  expect(isVapidPair(publicKey, "")).toBe(false);
});
