import { randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import { type EraseBy, eraseAccount } from "~/retention/erase/erase-account.server";
import { type EraseMeans, erasePerson } from "~/retention/erase/erase-person.server";
import type { Step } from "~/retention/means";
import type { Storage } from "~/storage/storage";
import { makeUser } from "./factories";
import { makeHost } from "./hosts";
import { means as making } from "./transcripts";

export const eraseMeans = (storage: Storage, more: Partial<EraseMeans> = {}): EraseMeans => ({
  storage,
  secret: making.secret,
  operator: null,
  mailFolder: null,
  ...more,
});

/** Gives somebody a name and an address that stand nowhere else. */
export async function nameCanary(db: Db, person: Viewer) {
  const word = randomUUID().slice(0, 8);
  const canary = { name: `Canary Zz${word}`, email: `canary.${word}@birds.example` };
  await db.update(users).set(canary).where(eq(users.id, person.id));
  return canary;
}

/** Has an account deleted: by the host, whose person it is then, where nobody else is named. */
export async function askToErase(db: Db, userId: string, by?: EraseBy) {
  const asked = await eraseAccount(db, by ?? (await hostOf(db, userId)), { userId });
  if (!asked || !("asked" in asked)) throw new Error(`Not deleted: ${JSON.stringify(asked)}`);
  return asked;
}

async function hostOf(db: Db, userId: string): Promise<EraseBy> {
  const [his] = await db
    .update(users)
    .set({ externalId: sql`coalesce(external_id, ${userId})` })
    .where(and(eq(users.id, userId), eq(users.role, "user"), isNull(users.erasedAt)))
    .returning({ id: users.id });
  return his ? makeHost(db) : makeUser(db, { role: "admin" });
}

/** Where in the database any of these words stands: tables with their columns and rows. */
export async function findInDatabase(db: Db, words: readonly string[]): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(sql`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema')`);
  const wanted = JSON.stringify(words.map((word) => word.toLowerCase()));
  const found: string[] = [];
  for (const { name } of tables) {
    // Each column of each row, as text: arrays, JSON and search vectors, too.
    const rows = await db.execute<{ row: string }>(sql`
      select x::text as row from ${sql.raw(name)} x
      where exists (select from jsonb_array_elements_text(${wanted}::jsonb) w(word)
        where strpos(lower(x::text), w.word) > 0)`);
    for (const { row } of rows) found.push(`${name}: ${row}`);
  }
  return found;
}

/** The objects of a storage that hold any of these words, unpacked where they are packed. */
export async function findInStorage(storage: Storage, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of storage.list("")) {
    const object = await storage.get(key);
    const bytes = object ? await buffer(object.stream) : Buffer.alloc(0);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = `${key}\n${(isGzip ? gunzipSync(bytes) : bytes).toString("utf8")}`;
    if (words.some((word) => text.toLowerCase().includes(word.toLowerCase()))) found.push(key);
  }
  return found;
}

class Killed extends Error {
  override name = "Killed";
}

/** Does the erasure, killed the first time that it comes to each step, until it is done. */
export async function eraseWithKills(db: Db, means: EraseMeans, userId: string, now: Date) {
  const kills: Step[] = [];
  for (;;) {
    const between = async (step: Step) => {
      if (kills.includes(step)) return;
      kills.push(step);
      throw new Killed();
    };
    try {
      return { outcome: await erasePerson(db, { ...means, between }, userId, now), kills };
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
}
