import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { expect, inject, onTestFinished, test } from "vitest";
import { markNotificationsRead } from "~/notifications/mark-read.server";
import { raiseNotifications } from "~/notifications/raise.server";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { readEpoch } from "./deployment.server";
import { migrate } from "./migrate.server";

async function emptyDatabase() {
  const server = inject("databaseServer");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const outside = postgres(server, { max: 1, onnotice: () => {} });
  await outside`create database ${outside(name)}`;
  const url = new URL(`/${name}`, server).href;
  const inside = postgres(url, { max: 2, onnotice: () => {} });
  onTestFinished(async () => {
    await inside.end();
    await outside`drop database ${outside(name)} with (force)`;
    await outside.end();
  });
  return { url, inside };
}

test("several instances that start at once on an empty database migrate it once", async () => {
  const { url, inside } = await emptyDatabase();
  await Promise.all(Array.from({ length: 5 }, () => migrate(url)));
  const applied = await inside`select hash from drizzle.__drizzle_migrations`;
  expect(new Set(applied.map(({ hash }) => hash)).size).toBe(applied.length);
  expect(await inside`select epoch from deployment`).toHaveLength(1);
  const tables = await inside`
    select table_name from information_schema.tables where table_schema = 'public'`;
  expect(tables.map(({ table_name }) => table_name)).toEqual(
    expect.arrayContaining(["chats", "chat_participants", "chat_messages"]),
  );
});

test("a second start changes nothing", async () => {
  const { url, inside } = await emptyDatabase();
  await migrate(url);
  const state = () => inside`
    select (select jsonb_agg(to_jsonb(m)) from drizzle.__drizzle_migrations m) as migrations,
      (select jsonb_agg(to_jsonb(d)) from deployment d) as deployment,
      (select jsonb_agg(c order by c) from (
        select table_name, column_name from information_schema.columns where table_schema = 'public'
      ) c) as columns`;
  const before = await state();
  await migrate(url);
  expect(await state()).toEqual(before);
});

test("a folder that is not there stops the start and leaves no lock behind", async () => {
  const { url } = await emptyDatabase();
  await expect(migrate(url, "no-such-folder")).rejects.toThrow();
  await migrate(url);
});

test("a copy of a database is another one: new epoch, and all that is in it is as of now", async () => {
  // Each test's database is a copy of the template, as one restored from a backup is of its origin.
  const chat = await makeChat(db);
  const told = { userId: chat.buyer.id, kind: "removal", subjectId: chat.id } as const;
  await raiseNotifications(db, [{ ...told, data: { what: "removed", chatId: chat.id } }]);
  await markNotificationsRead(db, chat.buyer, { kinds: ["removal"] });
  const epoch = await readEpoch(db);
  const [before] = await sql`select pg_current_xact_id()::text as xid`;
  await migrate(databaseUrl);
  const renamed = await readEpoch(db);
  expect(renamed).not.toBe(epoch);
  const rows = await sql`
    select created_xid, changed_xid from chats where id = ${chat.id}
    union all select created_xid, changed_xid from chat_messages where chat_id = ${chat.id}
    union all select moved_xid, moved_xid from chat_participants where chat_id = ${chat.id}
    union all select created_xid, created_xid from notifications where user_id = ${chat.buyer.id}
    union all select read_xid, read_xid from notification_clocks where user_id = ${chat.buyer.id}`;
  expect(rows.length).toBe(1 + 1 + 2 + 1 + 1);
  for (const row of rows) {
    expect(BigInt(row.created_xid)).toBeGreaterThan(BigInt(before?.xid));
    expect(row.changed_xid).toBe(row.created_xid);
  }
  await migrate(databaseUrl);
  expect(await readEpoch(db)).toBe(renamed);
});
