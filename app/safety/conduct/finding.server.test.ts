import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import type { Db } from "~/db/client.server";
import * as schema from "~/db/schema";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { findBulk } from "./finding.server";
import { printOf } from "./print";

const text =
  "Great news! We buy furniture at the best price. Visit our shop and get your money today.";

test("with many prints it reads those of its senders alone, by their index", async () => {
  const statements: { query: string; params: unknown[] }[] = [];
  const client = postgres(databaseUrl, {
    max: 1,
    fetch_types: false,
    debug: (_, query, params) => {
      if (query.includes("message_prints")) statements.push({ query, params });
    },
  });
  onTestFinished(() => client.end());
  const watched = drizzle(client, { schema }) as Db;
  const { id: chatId, buyer } = await makeChat(db);
  await sql`
    insert into message_prints (message_id, chat_id, sender_id, print, created_at)
    select gen_random_uuid(), ${chatId}, md5((n % 1000)::text)::uuid,
      (random() * 9e18)::bigint, now() - random() * interval '24 hours'
    from generate_series(1, 50000) n`;
  await sql`analyze message_prints`;
  const print = printOf(text);
  if (!print) throw new Error("No print was made");
  const drafts = Array.from({ length: 20 }, () => {
    return { ...print, messageId: "", chatId, senderId: buyer.id, isHis: true };
  });
  expect(await findBulk(watched, drafts, "normal")).toEqual([]);
  const [statement] = statements;
  const plan = await client.unsafe(
    `explain (format json) ${statement?.query}`,
    statement?.params as string[],
  );
  const said = JSON.stringify(plan[0]?.["QUERY PLAN"]);
  expect(said).toContain("message_prints_sender_id_idx");
  expect(said).not.toMatch(/"Node Type":"Seq Scan"[^{}]*"Relation Name":"message_prints"/);
});
