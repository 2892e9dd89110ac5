import { sql } from "drizzle-orm";
import {
  check,
  customType,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { chats } from "./chats";
import { counter, id, moment } from "./columns";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** What the host marketplace calls the API with. A key is shown once; kept is its keyed hash. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: id(),
    name: text("name").notNull(),
    hash: text("hash").notNull(),
    /** The first characters of the key, by which people tell keys apart. */
    prefix: text("prefix").notNull(),
    scopes: text("scopes").array().notNull(),
    createdBy: uuid("created_by")
      .notNull()
      .references(() => users.id),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
    /** To the minute: it is not written by each call. */
    lastUsedAt: moment("last_used_at"),
  },
  (table) => [
    uniqueIndex("api_keys_hash_key").on(table.hash),
    check("api_keys_name_length", sql`char_length(${table.name}) between 1 and 100`),
  ],
);

/**
 * The first answer to an `Idempotency-Key` of a caller, kept for 24 hours. Until there is an answer the
 * row says that somebody is at it. The answer is encrypted: it may hold what people wrote, or a secret.
 */
export const idempotentAnswers = pgTable(
  "idempotent_answers",
  {
    caller: text("caller").notNull(),
    key: text("key").notNull(),
    /** A hash of what was asked, so that the same key with something else is refused. */
    fingerprint: text("fingerprint").notNull(),
    status: smallint("status"),
    headers: jsonb("headers").$type<Record<string, string>>(),
    body: bytea("body"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.caller, table.key] }),
    index("idempotent_answers_created_at_idx").on(table.createdAt),
    check(
      "idempotent_answers_whole",
      sql`num_nonnulls(${table.status}, ${table.headers}, ${table.body}) in (0, 3)`,
    ),
  ],
);

/**
 * What the host said in chats, by the id that it gave each message: the same id by the same key is the
 * same message. The message itself has no sender, and may be in an archive.
 */
export const hostMessages = pgTable(
  "host_messages",
  {
    chatId: uuid("chat_id")
      .notNull()
      .references(() => chats.id, { onDelete: "cascade" }),
    keyId: uuid("key_id")
      .notNull()
      .references(() => apiKeys.id),
    clientId: uuid("client_id").notNull(),
    seq: counter("seq").notNull(),
  },
  (table) => [primaryKey({ columns: [table.chatId, table.keyId, table.clientId] })],
);

/** Sign-in links of the host that were used (`jti`), until they would have expired. */
export const ssoTokens = pgTable(
  "sso_tokens",
  {
    id: text("id").primaryKey(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("sso_tokens_expires_at_idx").on(table.expiresAt)],
);

/** Origins whose pages may call the API with a user token (CORS). */
export const apiOrigins = pgTable("api_origins", {
  origin: text("origin").primaryKey(),
  createdBy: uuid("created_by")
    .notNull()
    .references(() => users.id),
  createdAt: moment("created_at").notNull().defaultNow(),
});
