import { expect, test } from "vitest";
import { databaseUrl, sql } from "./database";

test("a test file has a migrated database to itself", async () => {
  const [row] = await sql`select current_database() name, to_regclass('chat_messages') messages`;
  expect(row).toEqual({ name: new URL(databaseUrl).pathname.slice(1), messages: "chat_messages" });
});
