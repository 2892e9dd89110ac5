import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  char,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { v7 as uuidv7 } from "uuid";
import type { SystemEvent } from "~/chats/system-event";

/** Transaction id of 64 bits (`xid8`), which never wraps; as text, because it may pass 2^53. */
const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });
const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** Time-ordered, so that rows of one hour lie side by side in the primary key. */
const id = () => uuid("id").primaryKey().$defaultFn(uuidv7);
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
/** A counter that starts at 1; JSON number, good to 2^53. */
const counter = (name: string) => bigint(name, { mode: "number" });
/** The transaction that wrote the row: live streams resume by it (`app/chats/changes.server.ts`). */
const writtenBy = (name: string) => xid8(name).notNull().default(sql`pg_current_xact_id()`);

export const roles = ["user", "moderator", "admin"] as const;
export const stages = ["inquiry", "paid", "shipped", "completed", "cancelled"] as const;
export const chatStatuses = ["open", "frozen", "closed", "archived"] as const;
export const participantRoles = ["buyer", "seller", "moderator"] as const;
export const messageTypes = ["text", "image", "system"] as const;

const oneOf = (column: string, values: readonly string[]) =>
  sql.raw(`"${column}" in (${values.map((value) => `'${value}'`).join(", ")})`);

/** People. `email` is stored in lower case, trimmed. */
export const users = pgTable(
  "users",
  {
    id: id(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash"),
    role: text("role", { enum: roles }).notNull().default("user"),
    /** Who turns one of these off is not shown, and sees nobody's. */
    sharesReads: boolean("shares_reads").notNull().default(true),
    sharesPresence: boolean("shares_presence").notNull().default(true),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("users_email_key").on(table.email),
    check("users_role_known", oneOf("role", roles)),
    check("users_email_is_lower_case", sql`${table.email} = lower(btrim(${table.email}))`),
    check("users_name_length", sql`char_length(${table.name}) between 1 and 200`),
  ],
);

/** Sign-ins. `id` is a keyed hash of the token in the cookie, so that a leaked table opens nothing. */
export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    index("sessions_user_id_idx").on(table.userId),
    index("sessions_expires_at_idx").on(table.expiresAt),
  ],
);

/** Counters of `rate-limiter-flexible`: how often `key` did something since its window began. */
export const rateLimits = pgTable(
  "rate_limits",
  {
    key: text("key").primaryKey(),
    points: integer("points").notNull().default(0),
    expire: moment("expire"),
  },
  (table) => [index("rate_limits_expire_idx").on(table.expire)],
);

/** What a chat is about: a listing or an order of the host marketplace. */
export const subjects = pgTable(
  "subjects",
  {
    id: id(),
    reference: text("reference").notNull(),
    sellerId: uuid("seller_id")
      .notNull()
      .references(() => users.id),
    title: text("title").notNull(),
    description: text("description").notNull().default(""),
    /** In the currency's smallest unit: cents for EUR, yen for JPY. */
    priceAmount: bigint("price_amount", { mode: "number" }).notNull(),
    /** ISO 4217. */
    priceCurrency: char("price_currency", { length: 3 }).notNull(),
    picture: text("picture"),
    stage: text("stage", { enum: stages }).notNull().default("inquiry"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("subjects_reference_key").on(table.reference),
    index("subjects_seller_id_idx").on(table.sellerId),
    index("subjects_created_at_idx").on(table.createdAt),
    check("subjects_stage_known", oneOf("stage", stages)),
    check("subjects_price_not_negative", sql`${table.priceAmount} >= 0`),
  ],
);

/**
 * One conversation of a buyer and a seller about one subject.
 *
 * The row is the chat's clock: every change of the chat or of a message in it takes the next
 * `version`, every message the next seq, by `UPDATE … RETURNING` in its own transaction. The row
 * lock makes both contiguous and puts them in commit order.
 */
export const chats = pgTable(
  "chats",
  {
    id: id(),
    subjectId: uuid("subject_id")
      .notNull()
      .references(() => subjects.id),
    buyerId: uuid("buyer_id")
      .notNull()
      .references(() => users.id),
    status: text("status", { enum: chatStatuses }).notNull().default("open"),
    /** The newest change of anything in the chat. */
    version: counter("version").notNull().default(1),
    /** The newest change of what this row says (status, subject, participants). */
    stateVersion: counter("state_version").notNull().default(1),
    lastSeq: counter("last_seq").notNull().default(0),
    lastMessageAt: moment("last_message_at").notNull().defaultNow(),
    createdAt: moment("created_at").notNull().defaultNow(),
    closedAt: moment("closed_at"),
    createdXid: writtenBy("created_xid"),
    changedXid: writtenBy("changed_xid"),
  },
  (table) => [
    unique("chats_subject_id_buyer_id_key").on(table.subjectId, table.buyerId),
    index("chats_buyer_id_idx").on(table.buyerId),
    index("chats_changed_xid_idx").on(table.changedXid),
    check("chats_status_known", oneOf("status", chatStatuses)),
    check(
      "chats_counters_in_order",
      sql`${table.version} >= ${table.stateVersion} and ${table.version} >= ${table.lastSeq} and ${table.stateVersion} >= 1 and ${table.lastSeq} >= 0`,
    ),
    check(
      "chats_closed_has_time",
      sql`${table.status} <> 'closed' or ${table.closedAt} is not null`,
    ),
  ],
);

/** A user in a chat, with how far messages reached him (`deliveredSeq`) and he read (`readSeq`). */
export const chatParticipants = pgTable(
  "chat_participants",
  {
    chatId: uuid("chat_id")
      .notNull()
      .references(() => chats.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    role: text("role", { enum: participantRoles }).notNull(),
    joinedAt: moment("joined_at").notNull().defaultNow(),
    deliveredSeq: counter("delivered_seq").notNull().default(0),
    readSeq: counter("read_seq").notNull().default(0),
    archivedAt: moment("archived_at"),
    /** The transaction that last moved a position. */
    movedXid: writtenBy("moved_xid"),
    /** The one that last changed what others see of a participant who keeps to himself what he read. */
    shownXid: writtenBy("shown_xid"),
  },
  (table) => [
    primaryKey({ columns: [table.chatId, table.userId] }),
    index("chat_participants_user_id_idx").on(table.userId),
    uniqueIndex("chat_participants_one_buyer_one_seller")
      .on(table.chatId, table.role)
      .where(sql`${table.role} in ('buyer', 'seller')`),
    check("chat_participants_role_known", oneOf("role", participantRoles)),
    check(
      "chat_participants_read_was_delivered",
      sql`${table.deliveredSeq} >= ${table.readSeq} and ${table.readSeq} >= 0`,
    ),
  ],
);

export const chatMessages = pgTable(
  "chat_messages",
  {
    id: id(),
    chatId: uuid("chat_id")
      .notNull()
      .references(() => chats.id, { onDelete: "cascade" }),
    seq: counter("seq").notNull(),
    /** The chat's version when the message came, and when it last changed. */
    createdVersion: counter("created_version").notNull(),
    version: counter("version").notNull(),
    senderId: uuid("sender_id"),
    clientId: uuid("client_id"),
    type: text("type", { enum: messageTypes }).notNull().default("text"),
    /** NFC; null for a system message and for an unsent one. */
    body: text("body"),
    /** What a system message says; the words come from the reader's language. */
    event: jsonb("event").$type<SystemEvent>(),
    replyTo: counter("reply_to"),
    createdAt: moment("created_at").notNull().defaultNow(),
    editedAt: moment("edited_at"),
    deletedAt: moment("deleted_at"),
    createdXid: writtenBy("created_xid"),
    changedXid: writtenBy("changed_xid"),
    search: tsvector("search").generatedAlwaysAs(sql`to_tsvector('simple', coalesce(body, ''))`),
  },
  (table) => [
    unique("chat_messages_chat_id_seq_key").on(table.chatId, table.seq),
    unique("chat_messages_chat_id_sender_id_client_id_key").on(
      table.chatId,
      table.senderId,
      table.clientId,
    ),
    foreignKey({
      name: "chat_messages_sender_is_participant_fk",
      columns: [table.chatId, table.senderId],
      foreignColumns: [chatParticipants.chatId, chatParticipants.userId],
    }),
    foreignKey({
      name: "chat_messages_reply_to_fk",
      columns: [table.chatId, table.replyTo],
      foreignColumns: [table.chatId, table.seq],
    }),
    index("chat_messages_changed_xid_idx").on(table.changedXid),
    index("chat_messages_chat_id_changed_xid_idx").on(table.chatId, table.changedXid),
    index("chat_messages_search_idx").using("gin", table.chatId, table.search),
    check("chat_messages_type_known", oneOf("type", messageTypes)),
    check("chat_messages_seq_positive", sql`${table.seq} >= 1`),
    check("chat_messages_version_in_order", sql`${table.version} >= ${table.createdVersion}`),
    check("chat_messages_reply_is_backwards", sql`${table.replyTo} < ${table.seq}`),
    check(
      "chat_messages_sender_unless_system",
      sql`(${table.type} = 'system') = (${table.senderId} is null) and (${table.type} = 'system') = (${table.event} is not null) and (${table.senderId} is null) = (${table.clientId} is null)`,
    ),
    check(
      "chat_messages_says_something",
      sql`${table.type} <> 'text' or ${table.deletedAt} is not null or coalesce(${table.body}, '') <> ''`,
    ),
  ],
);

/**
 * Pictures. The row comes first, then its objects in the storage (`objectKeys`), then `storedAt`;
 * the message that shows it takes it last, in its own transaction. So each object has a row that
 * knows of it, and a message never exists without its objects. Nothing deletes a row with what it
 * belongs to: whoever deletes removes the objects first, and the row after them.
 */
export const attachments = pgTable(
  "attachments",
  {
    id: id(),
    chatId: uuid("chat_id")
      .notNull()
      .references(() => chats.id),
    uploaderId: uuid("uploader_id")
      .notNull()
      .references(() => users.id),
    /** Null until a message takes it. */
    messageId: uuid("message_id").references(() => chatMessages.id),
    /** Its place among the pictures of its message, from 0. */
    position: integer("position"),
    /** Of the picture as it is stored, in pixels. */
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    /** Of the large object. */
    bytes: integer("bytes").notNull(),
    /** A ThumbHash in base64. */
    placeholder: text("placeholder").notNull(),
    isAnimated: boolean("is_animated").notNull(),
    /** What it shows, in the sender's words. */
    alt: text("alt"),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** When all of its objects were whole in the storage. */
    storedAt: moment("stored_at"),
  },
  (table) => [
    unique("attachments_message_id_position_key").on(table.messageId, table.position),
    index("attachments_chat_id_idx").on(table.chatId),
    index("attachments_untaken_idx").on(table.createdAt).where(sql`${table.messageId} is null`),
    check(
      "attachments_taken_has_place",
      sql`(${table.messageId} is null) = (${table.position} is null) and ${table.position} >= 0`,
    ),
    check(
      "attachments_taken_is_stored",
      sql`${table.messageId} is null or ${table.storedAt} is not null`,
    ),
    check(
      "attachments_has_size",
      sql`${table.width} > 0 and ${table.height} > 0 and ${table.bytes} > 0`,
    ),
    check("attachments_placeholder_is_small", sql`length(${table.placeholder}) between 1 and 100`),
  ],
);

/** What an edited or unsent message said before: kept for moderators. */
export const chatMessageVersions = pgTable(
  "chat_message_versions",
  {
    messageId: uuid("message_id")
      .notNull()
      .references(() => chatMessages.id, { onDelete: "cascade" }),
    version: counter("version").notNull(),
    body: text("body"),
    replacedAt: moment("replaced_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.version] })],
);

/**
 * One row: which database this is. `epoch` changes when the data turns out to come from a backup
 * (another cluster, timeline or database than the `fingerprint` says), because cursors that were
 * handed out before mean nothing then.
 */
export const deployment = pgTable(
  "deployment",
  {
    only: text("only").primaryKey().default("row"),
    epoch: uuid("epoch").notNull(),
    fingerprint: text("fingerprint").notNull(),
  },
  (table) => [check("deployment_one_row", sql`${table.only} = 'row'`)],
);
