import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
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
export const disputeStatuses = ["open", "in_review", "resolved"] as const;
/** Who opened a dispute; `host`: the marketplace, by its API. */
export const disputeOpeners = ["buyer", "seller", "moderator", "host"] as const;
export const disputeReasons = [
  "not_received",
  "not_as_described",
  "payment",
  "behaviour",
  "other",
] as const;
export const disputeWishes = [
  "refund",
  "partial_refund",
  "replacement",
  "delivery",
  "payment",
  "other",
] as const;
/** For whom it was decided; `withdrawn` by who opened it, `closed` by a moderator without a decision. */
export const disputeOutcomes = ["buyer", "seller", "both", "withdrawn", "closed"] as const;
/** `host`: by the API; `system`: the program itself, such as a suspension that ended. */
export const auditRoles = [...roles, "host", "system"] as const;
export const sanctionKinds = ["warning", "suspension", "ban"] as const;

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
    /**
     * Of a private thread: the dispute in which moderators write to one side alone, and that side.
     * It is a chat of its own, so that nothing of it can reach the other side.
     */
    disputeId: uuid("dispute_id").references((): AnyPgColumn => disputes.id),
    privateTo: uuid("private_to").references(() => users.id),
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
    /** A moderator who is out of the chat again: the row stays, because his messages do. */
    leftAt: moment("left_at"),
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
      "chat_participants_only_moderators_leave",
      sql`${table.leftAt} is null or ${table.role} = 'moderator'`,
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
    /** Null until a message takes it. */
    messageId: uuid("message_id").references(() => chatMessages.id),
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
  },
  (table) => [primaryKey({ columns: [table.messageId, table.version] })],
);

/**
 * Cases on chats. While one is not resolved, moderators may read its chat, and only then. An appeal
 * is a dispute of its own, which names the one that it appeals, so that it has its own clock and its
 * own moderator.
 */
export const disputes = pgTable(
  "disputes",
  {
    id: id(),
    chatId: uuid("chat_id")
      .notNull()
      .references((): AnyPgColumn => chats.id),
    appealOf: uuid("appeal_of").references((): AnyPgColumn => disputes.id),
    status: text("status", { enum: disputeStatuses }).notNull().default("open"),
    /** Null for the host. */
    openedBy: uuid("opened_by").references(() => users.id),
    openedAs: text("opened_as", { enum: disputeOpeners }).notNull(),
    reason: text("reason", { enum: disputeReasons }).notNull(),
    /** In the words of who opened it; both sides can read it when a moderator did. */
    statement: text("statement").notNull(),
    /** What who opened it wants; a moderator and the host want nothing. */
    wish: text("wish", { enum: disputeWishes }),
    openedAt: moment("opened_at").notNull().defaultNow(),
    /** When a moderator should have looked at it, and when it should be decided. */
    firstLookDue: moment("first_look_due").notNull(),
    decisionDue: moment("decision_due").notNull(),
    firstLookAt: moment("first_look_at"),
    claimedBy: uuid("claimed_by").references(() => users.id),
    claimedAt: moment("claimed_at"),
    decidedBy: uuid("decided_by").references(() => users.id),
    outcome: text("outcome", { enum: disputeOutcomes }),
    /** What both sides are told. */
    decision: text("decision"),
    resolvedAt: moment("resolved_at"),
    /** Until when either side can appeal; null where nobody can. */
    appealUntil: moment("appeal_until"),
  },
  (table) => [
    uniqueIndex("disputes_one_at_a_time")
      .on(table.chatId)
      .where(sql`${table.status} <> 'resolved'`),
    index("disputes_chat_id_idx").on(table.chatId, table.openedAt),
    uniqueIndex("disputes_one_appeal").on(table.appealOf),
    index("disputes_decision_due_idx")
      .on(table.decisionDue)
      .where(sql`${table.status} <> 'resolved'`),
    index("disputes_opened_at_idx").on(table.openedAt),
    check("disputes_status_known", oneOf("status", disputeStatuses)),
    check("disputes_opened_as_known", oneOf("opened_as", disputeOpeners)),
    check("disputes_reason_known", oneOf("reason", disputeReasons)),
    check("disputes_wish_known", oneOf("wish", disputeWishes)),
    check("disputes_outcome_known", oneOf("outcome", disputeOutcomes)),
    check(
      "disputes_only_the_host_is_nobody",
      sql`(${table.openedBy} is null) = (${table.openedAs} = 'host')`,
    ),
    check(
      "disputes_resolved_is_whole",
      sql`(${table.status} = 'resolved') = (${table.resolvedAt} is not null) and (${table.status} = 'resolved') = (${table.outcome} is not null) and (${table.outcome} is null or ${table.outcome} = 'withdrawn' or (${table.decidedBy} is not null and ${table.decision} is not null))`,
    ),
    check(
      "disputes_in_review_is_claimed",
      sql`${table.status} <> 'in_review' or ${table.claimedBy} is not null`,
    ),
  ],
);

/** What moderators write to each other about a dispute; the sides never see it. */
export const disputeNotes = pgTable(
  "dispute_notes",
  {
    id: id(),
    disputeId: uuid("dispute_id")
      .notNull()
      .references(() => disputes.id),
    authorId: uuid("author_id")
      .notNull()
      .references(() => users.id),
    body: text("body").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("dispute_notes_dispute_id_idx").on(table.disputeId, table.createdAt),
    check("dispute_notes_say_something", sql`${table.body} <> ''`),
  ],
);

/** Answers that moderators give often; `{buyer}`, `{seller}` and `{subject}` stand for the names. */
export const answerTemplates = pgTable(
  "answer_templates",
  {
    id: id(),
    title: text("title").notNull(),
    body: text("body").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [uniqueIndex("answer_templates_title_key").on(table.title)],
);

/** What a person must bear. A suspension has an end, a ban has none; either ends when it is lifted. */
export const sanctions = pgTable(
  "sanctions",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    kind: text("kind", { enum: sanctionKinds }).notNull(),
    /** Shown to the person. */
    reason: text("reason").notNull(),
    disputeId: uuid("dispute_id").references(() => disputes.id),
    imposedBy: uuid("imposed_by")
      .notNull()
      .references(() => users.id),
    createdAt: moment("created_at").notNull().defaultNow(),
    endsAt: moment("ends_at"),
    /** When the person said that he read it. */
    acknowledgedAt: moment("acknowledged_at"),
    appeal: text("appeal"),
    appealedAt: moment("appealed_at"),
    appealDecidedBy: uuid("appeal_decided_by").references(() => users.id),
    appealDecidedAt: moment("appeal_decided_at"),
    appealAnswer: text("appeal_answer"),
    liftedBy: uuid("lifted_by").references(() => users.id),
    liftedAt: moment("lifted_at"),
    liftReason: text("lift_reason"),
  },
  (table) => [
    index("sanctions_user_id_idx").on(table.userId, table.createdAt),
    index("sanctions_appealed_idx")
      .on(table.appealedAt)
      .where(sql`${table.appealedAt} is not null and ${table.appealDecidedAt} is null`),
    check("sanctions_kind_known", oneOf("kind", sanctionKinds)),
    check(
      "sanctions_suspension_ends",
      sql`(${table.kind} = 'suspension') = (${table.endsAt} is not null)`,
    ),
    check(
      "sanctions_appeal_is_whole",
      sql`(${table.appeal} is null) = (${table.appealedAt} is null) and num_nonnulls(${table.appealDecidedBy}, ${table.appealDecidedAt}, ${table.appealAnswer}) in (0, 3) and (${table.appealDecidedAt} is null or ${table.appealedAt} is not null)`,
    ),
    check(
      "sanctions_lifted_with_reason",
      sql`num_nonnulls(${table.liftedBy}, ${table.liftedAt}, ${table.liftReason}) in (0, 3)`,
    ),
  ],
);

/**
 * Who did or viewed what, when and why. Append-only: triggers refuse every other change, number the
 * rows without holes in commit order, take the time from the database and chain the hashes
 * (`drizzle/0007_disputes.sql`). Ids refer to nothing, because what they name may be erased before
 * the entry may. Names and e-mail addresses have no place in it.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    seq: counter("seq").primaryKey(),
    at: moment("at").notNull(),
    /** Null for the host and for the program itself. */
    actorId: uuid("actor_id"),
    actorRole: text("actor_role", { enum: auditRoles }).notNull(),
    action: text("action").notNull(),
    chatId: uuid("chat_id"),
    disputeId: uuid("dispute_id"),
    /** Whom it concerns. */
    personId: uuid("person_id"),
    /** JSON as it was hashed. */
    details: text("details").notNull().default("{}"),
    previousHash: char("previous_hash", { length: 64 }).notNull(),
    /** SHA-256 in hex over the hash before it and every column above. */
    hash: char("hash", { length: 64 }).notNull(),
  },
  (table) => [
    index("audit_log_actor_id_idx").on(table.actorId, table.seq),
    index("audit_log_person_id_idx").on(table.personId, table.seq),
    index("audit_log_chat_id_idx").on(table.chatId, table.seq),
    index("audit_log_dispute_id_idx").on(table.disputeId, table.seq),
    index("audit_log_action_idx").on(table.action, table.seq),
    index("audit_log_at_idx").on(table.at),
    check("audit_log_actor_role_known", oneOf("actor_role", auditRoles)),
    check("audit_log_details_are_json", sql`${table.details}::jsonb is not null`),
  ],
);

/** One row: where the chain of the audit log ends, so that the removal of its last rows shows. */
export const auditHead = pgTable(
  "audit_head",
  {
    only: text("only").primaryKey().default("row"),
    seq: counter("seq").notNull(),
    hash: char("hash", { length: 64 }).notNull(),
  },
  (table) => [check("audit_head_one_row", sql`${table.only} = 'row'`)],
);

/** Ed25519 keys that sign transcripts. The newest that is not retired signs; all verify, for ever. */
export const signingKeys = pgTable("signing_keys", {
  /** The beginning of the SHA-256 of the public key, in hex: what a transcript names. */
  id: text("id").primaryKey(),
  /** Raw, 32 bytes, in base64url. */
  publicKey: text("public_key").notNull(),
  /** PKCS #8, encrypted with a key made from the session secret; base64url. */
  sealedPrivateKey: text("sealed_private_key").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
  retiredAt: moment("retired_at"),
});

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
    /**
     * Random, and the same for ever: what salts the hashes of messages in transcripts, so that
     * nobody finds by trial what a masked copy hides.
     */
    transcriptSalt: text("transcript_salt")
      .notNull()
      .default(sql`gen_random_uuid()::text || gen_random_uuid()::text`),
  },
  (table) => [check("deployment_one_row", sql`${table.only} = 'row'`)],
);
