import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { databaseUrl } from "~test/database";
import { connect } from "./client.server";
import { prepare } from "./prepared.server";

const { db, close } = connect(databaseUrl, { max: 4, warm: 2 });
afterAll(close);

const backend = prepare<{ pid: number }>(sql`select pg_backend_pid() as pid`);
const pidOf = async () => (await backend(db, {}))[0]?.pid;
const echo = prepare<{ one: number; two: number; other: number }>(sql`
  select ${sql.placeholder("a")}::int as one, ${sql.placeholder("b")}::int as other,
    ${sql.placeholder("a")}::int + ${3} as two`);

test("what comes one after the other goes over the connection that was used last", async () => {
  const pids = new Set<unknown>();
  for (let time = 0; time < 8; time++) pids.add(await pidOf());
  expect(pids.size).toBe(1);
});

test("what comes at the same time goes beside it, and finds the other connections", async () => {
  const pids = await Promise.all(Array.from({ length: 4 }, pidOf));
  expect(new Set(pids).size).toBe(4);
});

test("a statement that fails, and one whose connection dies, leave it to the next", async () => {
  const divide = prepare(sql`select 1 / ${sql.placeholder("by")}::int`);
  const end = prepare(sql`select pg_terminate_backend(pg_backend_pid())`);
  for (const failing of [() => divide(db, { by: 0 }), () => end(db, {})]) {
    for (let time = 0; time < 3; time++) await expect(failing()).rejects.toThrow();
  }
  const pids = new Set<unknown>();
  for (let time = 0; time < 4; time++) pids.add(await pidOf());
  expect(pids.size).toBe(1);
});

test("a transaction keeps to its own connection", async () => {
  await db.transaction(async (tx) => {
    const [inside] = await backend(tx, {});
    expect((await backend(tx, {}))[0]).toEqual(inside);
    expect(await pidOf()).not.toBe(inside?.pid);
  });
});

test("a value that is named twice is the same, wherever it stands", async () => {
  expect(await echo(db, { a: 4, b: 9 })).toEqual([{ one: 4, two: 7, other: 9 }]);
});
