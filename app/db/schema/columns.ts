import { sql } from "drizzle-orm";
import { bigint, customType, timestamp, uuid } from "drizzle-orm/pg-core";
import { v7 as uuidv7 } from "uuid";

/** Transaction id of 64 bits (`xid8`), which never wraps; as text, because it may pass 2^53. */
export const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });

export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** Time-ordered, so that rows of one hour lie side by side in the primary key. */
export const id = () => uuid("id").primaryKey().$defaultFn(uuidv7);

export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** A counter that starts at 1; JSON number, good to 2^53. */
export const counter = (name: string) => bigint(name, { mode: "number" });

/** The transaction that wrote the row: live streams resume by it (`app/chats/changes.server.ts`). */
export const writtenBy = (name: string) => xid8(name).notNull().default(sql`pg_current_xact_id()`);

export const oneOf = (column: string, values: readonly string[]) =>
  sql.raw(`"${column}" in (${values.map((value) => `'${value}'`).join(", ")})`);
