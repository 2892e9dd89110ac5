import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import type { Db } from "~/db/client.server";
import { chatMessages, chatMessageVersions, messageVerdicts } from "~/db/schema";
import { canonical } from "../../../bin/transcript/canonical.mjs";

/** A row as PostgreSQL's `to_jsonb` gives it: by the names of its columns, exactly as it is. */
export type Row = { [column: string]: unknown };

/** All rows of a chat that go out of the database, in the order in which they come back. */
export type ChatRows = { messages: ArchivedMessage[]; versions: Row[]; verdicts: Row[] };

/** Of a message's row what reading it takes. */
export type ArchivedMessage = Row & {
  id: string;
  chat_id: string;
  seq: number;
  version: number;
};

export const tables = {
  messages: chatMessages,
  versions: chatMessageVersions,
  verdicts: messageVerdicts,
} as const satisfies Record<keyof ChatRows, PgTable>;

export type Kind = keyof typeof tables;

/** Messages first, because the others refer to them; within them what is answered before answers. */
export const kinds = ["messages", "versions", "verdicts"] as const satisfies Kind[];

/** What the database makes itself is not kept, and made again. */
const generated = (table: PgTable) =>
  Object.values(getTableColumns(table)).filter(({ generated }) => generated !== undefined);

const asJson = (kind: Kind, alias: SQL) =>
  generated(tables[kind]).reduce(
    (json, { name }) => sql`${json} - ${sql.raw(`'${name}'::text`)}`,
    sql`to_jsonb(${alias})`,
  );

/** In one statement, in the transaction that reads all else of them. */
export async function readRows(tx: Db, chatId: string): Promise<ChatRows> {
  const m = sql.raw("m");
  const one = sql.raw("x");
  const found = await tx.execute<{ kind: Kind; row: Row }>(sql`
    select 'messages' as kind, ${asJson("messages", m)} as row
      from chat_messages m where m.chat_id = ${chatId}
    union all select 'versions', ${asJson("versions", one)}
      from chat_messages m join chat_message_versions x on x.message_id = m.id
      where m.chat_id = ${chatId}
    union all select 'verdicts', ${asJson("verdicts", one)}
      from chat_messages m join message_verdicts x on x.message_id = m.id
      where m.chat_id = ${chatId}`);
  return inOrder({
    messages: rowsOf(found, "messages") as ArchivedMessage[],
    versions: rowsOf(found, "versions"),
    verdicts: rowsOf(found, "verdicts"),
  });
}

const rowsOf = (found: { kind: Kind; row: Row }[], kind: Kind) =>
  found.filter((one) => one.kind === kind).map(({ row }) => row);

/** So that the same rows are always the same JSON. */
export function inOrder({ messages, versions, verdicts }: ChatRows): ChatRows {
  const place = (row: Row) => `${row.message_id} ${String(row.version).padStart(16, "0")}`;
  const byPlace = (a: Row, b: Row) => (place(a) < place(b) ? -1 : 1);
  return {
    messages: messages.toSorted((a, b) => a.seq - b.seq),
    versions: versions.toSorted(byPlace),
    verdicts: verdicts.toSorted(byPlace),
  };
}

export function isSame(a: ChatRows, b: ChatRows): boolean {
  return kinds.every(
    (kind) =>
      a[kind].length === b[kind].length &&
      a[kind].every((row, at) => canonical(row) === canonical(b[kind][at])),
  );
}

export const nameOf = (kind: Kind): SQL => sql.raw(`"${getTableConfig(tables[kind]).name}"`);

/** Those that both know: what was archived may be from before a column came, or after one went. */
export function columnsOf(kind: Kind, rows: readonly Row[]): SQL {
  const made = new Set(generated(tables[kind]).map(({ name }) => name));
  const known = Object.values(getTableColumns(tables[kind])).map(({ name }) => name);
  const stored = new Set(rows.flatMap((row) => Object.keys(row)));
  const names = known.filter((name) => stored.has(name) && !made.has(name));
  return sql.raw(names.map((name) => `"${name}"`).join(", "));
}
