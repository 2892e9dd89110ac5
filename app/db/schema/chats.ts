import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  char,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { SystemEvent } from "~/chats/system-event";
import { users } from "./accounts";
import { counter, id, moment, oneOf, tsvector, writtenBy } from "./columns";
import { disputes } from "./disputes";

export const stages = ["inquiry", "paid", "shipped", "completed", "cancelled"] as const;

export const chatStatuses = ["open", "frozen", "closed", "archived"] as const;

export const participantRoles = ["buyer", "seller", "moderator"] as const;

export const messageTypes = ["text", "image", "system"] as const;

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
    /** Of the demo's market. What the host told of is seen only by those who talk about it. */
    isListed: boolean("is_listed").notNull().default(true),
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
    /** When its messages went into the object storage (`chat_archives`), and came back last. */
    archivedAt: moment("archived_at"),
    restoredAt: moment("restored_at"),
    createdXid: writtenBy("created_xid"),
    changedXid: writtenBy("changed_xid"),
    /**
     * Of a private thread: the dispute in which moderators write to one side alone, and that side.
     * It is a chat of its own, so that nothing of it can reach the other side.
     */
    disputeId: uuid("dispute_id").references((): AnyPgColumn => disputes.id),
    privateTo: uuid("private_to").references(() => users.id),
    /** Who of its two sides blocks the other: what `blocks` says, where each send sees it anyway. */
    blockedBy: uuid("blocked_by").array().notNull().default(sql`'{}'`),
  },
  (table) => [
    uniqueIndex("chats_subject_id_buyer_id_key")
      .on(table.subjectId, table.buyerId)
      .where(sql`${table.disputeId} is null`),
    uniqueIndex("chats_dispute_id_private_to_key")
      .on(table.disputeId, table.privateTo)
      .where(sql`${table.disputeId} is not null`),
    check(
      "chats_private_to_one_side",
      sql`(${table.disputeId} is null) = (${table.privateTo} is null)`,
    ),
    index("chats_buyer_id_idx").on(table.buyerId),
    // How the host lists chats: by what no message changes.
    index("chats_created_at_idx")
      .on(table.createdAt, table.id)
      .where(sql`${table.disputeId} is null`),
    index("chats_status_created_at_idx")
      .on(table.status, table.createdAt, table.id)
      .where(sql`${table.disputeId} is null`),
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
    check(
      "chats_archived_has_time",
      sql`(${table.status} = 'archived') = (${table.archivedAt} is not null)`,
    ),
    // What retention looks for. Open chats have none: each message would move its entry.
    index("chats_closed_at_idx").on(table.closedAt).where(sql`${table.status} = 'closed'`),
    index("chats_archived_at_idx").on(table.archivedAt).where(sql`${table.status} = 'archived'`),
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
    /** Until then nobody is called for this chat: no push, mail, toast or sound; `infinity` for ever. */
    mutedUntil: moment("muted_until"),
    /** A moderator who is out of the chat again: the row stays, because his messages do. */
    leftAt: moment("left_at"),
    /** While one side blocks the other: how far the other side sees him, as when it began. */
    blockedReadSeq: counter("blocked_read_seq"),
    blockedDeliveredSeq: counter("blocked_delivered_seq"),
    /** The transaction that last moved a position. */
    movedXid: writtenBy("moved_xid"),
    /** The one that last changed what others see of a participant who keeps to himself what he read. */
    shownXid: writtenBy("shown_xid"),
  },
  (table) => [
    primaryKey({ columns: [table.chatId, table.userId] }),
    // With the chat: where people have one chat on average, PostgreSQL looks for a seat by the person
    // alone, and would look through all of one who has thousands.
    index("chat_participants_user_id_chat_id_idx").on(table.userId, table.chatId),
    uniqueIndex("chat_participants_one_buyer_one_seller")
      .on(table.chatId, table.role)
      .where(sql`${table.role} in ('buyer', 'seller')`),
    check("chat_participants_role_known", oneOf("role", participantRoles)),
    check(
      "chat_participants_only_moderators_leave",
      sql`${table.leftAt} is null or ${table.role} = 'moderator'`,
    ),
    check(
      "chat_participants_blocked_is_whole",
      sql`num_nonnulls(${table.blockedReadSeq}, ${table.blockedDeliveredSeq}) in (0, 2)`,
    ),
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
    /** The moderator who removed it, and why; it counts as deleted then. No foreign key: each send would pay for it. */
    redactedBy: uuid("redacted_by"),
    redactionReason: text("redaction_reason"),
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
    // Who deletes rows is asked for each whether another one answers it: few do, and few are here.
    index("chat_messages_reply_to_idx")
      .on(table.chatId, table.replyTo)
      .where(sql`${table.replyTo} is not null`),
    index("chat_messages_changed_xid_idx").on(table.changedXid),
    index("chat_messages_chat_id_changed_xid_idx").on(table.chatId, table.changedXid),
    // New words wait in a list until one send puts all of them into the index: of 64 kB, the least that
    // there is, that takes 15 ms; of PostgreSQL's own 4 MB 200 ms, with all locks of a batch held.
    index("chat_messages_search_idx")
      .using("gin", table.chatId, table.search)
      .with({ gin_pending_list_limit: 64 }),
    check("chat_messages_type_known", oneOf("type", messageTypes)),
    check("chat_messages_seq_positive", sql`${table.seq} >= 1`),
    check("chat_messages_version_in_order", sql`${table.version} >= ${table.createdVersion}`),
    check("chat_messages_reply_is_backwards", sql`${table.replyTo} < ${table.seq}`),
    check(
      "chat_messages_sender_unless_system",
      sql`(${table.type} = 'system') = (${table.senderId} is null) and (${table.type} = 'system') = (${table.event} is not null) and (${table.senderId} is null) = (${table.clientId} is null)`,
    ),
    check(
      "chat_messages_redacted_with_reason",
      sql`(${table.redactedBy} is null) = (${table.redactionReason} is null) and (${table.redactedBy} is null or ${table.deletedAt} is not null)`,
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
    /** Null until a message takes it. No foreign key: the message may be in an archive. */
    messageId: uuid("message_id"),
    /** Evidence of a dispute, which moderators and who opened it see, and no message takes. */
    disputeId: uuid("dispute_id").references((): AnyPgColumn => disputes.id),
    /** Its place among the pictures of its message or dispute, from 0. */
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
    /** SHA-256 of the large object in hex, for transcripts; null for those from before there were any. */
    sha256: text("sha256"),
    /** When all of its objects were whole in the storage. */
    storedAt: moment("stored_at"),
  },
  (table) => [
    unique("attachments_message_id_position_key").on(table.messageId, table.position),
    unique("attachments_dispute_id_position_key").on(table.disputeId, table.position),
    index("attachments_chat_id_idx").on(table.chatId),
    index("attachments_untaken_idx")
      .on(table.createdAt)
      .where(sql`${table.messageId} is null and ${table.disputeId} is null`),
    check(
      "attachments_taken_has_place",
      sql`num_nonnulls(${table.messageId}, ${table.disputeId}) = num_nonnulls(${table.position}) and ${table.position} >= 0`,
    ),
    check(
      "attachments_taken_is_stored",
      sql`${table.position} is null or ${table.storedAt} is not null`,
    ),
    check("attachments_sha256_is_hex", sql`${table.sha256} ~ '^[0-9a-f]{64}$'`),
    check(
      "attachments_has_size",
      sql`${table.width} > 0 and ${table.height} > 0 and ${table.bytes} > 0`,
    ),
    check("attachments_placeholder_is_small", sql`length(${table.placeholder}) between 1 and 100`),
  ],
);

/** What an edited, unsent or redacted message said before: kept for moderators. */
export const chatMessageVersions = pgTable(
  "chat_message_versions",
  {
    messageId: uuid("message_id")
      .notNull()
      .references(() => chatMessages.id, { onDelete: "cascade" }),
    version: counter("version").notNull(),
    body: text("body"),
    replacedAt: moment("replaced_at").notNull().defaultNow(),
    /** Of a version in which it was removed; a removal may be lifted on appeal. */
    redactedBy: uuid("redacted_by"),
    redactionReason: text("redaction_reason"),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.version] })],
);
