import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { ChoicesByKind } from "~/notifications/choices";
import type { NotificationData } from "~/notifications/notification";
import { sessions, users } from "./accounts";
import { chats } from "./chats";
import { counter, id, moment, oneOf, writtenBy, xid8 } from "./columns";

/** Of what a person is told beside messages, which the chats themselves say. */
export const notificationKinds = [
  "case",
  "sanction",
  "removal",
  "report",
  "sign_in",
  "webhook",
] as const;

/** How much of a message leaves Parley with a push or an e-mail. */
export const shownContents = ["full", "sender", "nothing"] as const;

export const deliveryStates = ["begun", "handed_over", "done"] as const;

/**
 * What a person was told, messages apart: they are listed from the chats, which cost nothing more.
 * `subjectId` is what it is about (the dispute, the sanction, the flag, the device): those of one
 * subject are shown together.
 */
export const notifications = pgTable(
  "notifications",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: notificationKinds }).notNull(),
    subjectId: uuid("subject_id").notNull(),
    data: jsonb("data").$type<NotificationData>().notNull(),
    /** The person's count when it came, in the order of commits: streams resume by it. */
    version: counter("version").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    readAt: moment("read_at"),
    createdXid: writtenBy("created_xid"),
  },
  (table) => [
    unique("notifications_user_id_version_key").on(table.userId, table.version),
    index("notifications_user_id_unread_idx").on(table.userId).where(sql`${table.readAt} is null`),
    index("notifications_user_id_subject_idx").on(table.userId, table.kind, table.subjectId),
    index("notifications_created_xid_idx").on(table.createdXid),
    check("notifications_kind_known", oneOf("kind", notificationKinds)),
  ],
);

/**
 * How often something happened to a person's notifications: one came, or some were read. The row's
 * lock puts that in the order of commits.
 */
export const notificationClocks = pgTable(
  "notification_clocks",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    version: counter("version").notNull(),
    /** When some were last read, and by which transaction. */
    readVersion: counter("read_version"),
    readXid: xid8("read_xid"),
  },
  (table) => [index("notification_clocks_read_xid_idx").on(table.readXid)],
);

/**
 * What a person chose, and what was seen of his browser at the last sign-in. Who has no row has what
 * `app/notifications/choices.ts` says.
 */
export const notificationChoices = pgTable(
  "notification_choices",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    byKind: jsonb("by_kind").$type<ChoicesByKind>().notNull(),
    pushContent: text("push_content", { enum: shownContents }).notNull(),
    mailContent: text("mail_content", { enum: shownContents }).notNull(),
    hasSound: boolean("has_sound").notNull(),
    /** Minutes after midnight, in `timeZone`; both or none. From 22:00 to 07:00 goes over midnight. */
    quietFrom: smallint("quiet_from"),
    quietTo: smallint("quiet_to"),
    /** IANA's name; of quiet hours, else of the browser. */
    timeZone: text("time_zone"),
    /** In which mails and pushes are written: a locale that Parley has sentences in. */
    locale: text("locale"),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    check("notification_choices_push_content_known", oneOf("push_content", shownContents)),
    check("notification_choices_mail_content_known", oneOf("mail_content", shownContents)),
    check(
      "notification_choices_quiet_is_whole",
      sql`num_nonnulls(${table.quietFrom}, ${table.quietTo}) in (0, 2)
        and ${table.quietFrom} between 0 and 1439 and ${table.quietTo} between 0 and 1439
        and (${table.quietFrom} is null or ${table.timeZone} is not null)`,
    ),
  ],
);

/** Browsers that somebody signed in with: a cookie of a year names each, here by its keyed hash. */
export const devices = pgTable(
  "devices",
  {
    id: id(),
    tokenHash: text("token_hash").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** As far as the browser says; shown to its owner alone. */
    browser: text("browser"),
    system: text("system"),
    firstSeenAt: moment("first_seen_at").notNull().defaultNow(),
    lastSeenAt: moment("last_seen_at").notNull().defaultNow(),
  },
  (table) => [uniqueIndex("devices_user_id_token_hash_key").on(table.userId, table.tokenHash)],
);

/** A browser's own address at its push service. It ends with the session that made it. */
export const pushSubscriptions = pgTable(
  "push_subscriptions",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sessionId: text("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    endpoint: text("endpoint").notNull(),
    /** As the browser gave them, in base64url (RFC 8291). */
    p256dh: text("p256dh").notNull(),
    auth: text("auth").notNull(),
    browser: text("browser"),
    system: text("system"),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** When the push service last took something. */
    lastTakenAt: moment("last_taken_at"),
    /** Failures since then, and until when nothing is tried. */
    failures: integer("failures").notNull().default(0),
    pausedUntil: moment("paused_until"),
  },
  (table) => [
    uniqueIndex("push_subscriptions_endpoint_key").on(table.endpoint),
    index("push_subscriptions_user_id_idx").on(table.userId),
    index("push_subscriptions_session_id_idx").on(table.sessionId),
    check("push_subscriptions_endpoint_length", sql`length(${table.endpoint}) <= 2048`),
  ],
);

/**
 * How far somebody was told of unread messages of a chat outside of its pages. Apart from
 * `chat_participants`, whose rows each message and each receipt writes.
 */
export const unreadNotices = pgTable(
  "unread_notices",
  {
    chatId: uuid("chat_id")
      .notNull()
      .references(() => chats.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** To there the chat was open and visible on a device when messages came, read or not. */
    viewedSeq: counter("viewed_seq").notNull().default(0),
    pushedSeq: counter("pushed_seq").notNull().default(0),
    mailedSeq: counter("mailed_seq").notNull().default(0),
    mailedAt: moment("mailed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.chatId, table.userId] }),
    index("unread_notices_user_id_idx").on(table.userId),
  ],
);

/** Who gets a digest of unread messages by e-mail, and when it is looked at next. */
export const unreadDigests = pgTable(
  "unread_digests",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    dueAt: moment("due_at").notNull(),
  },
  (table) => [index("unread_digests_due_at_idx").on(table.dueAt)],
);

/**
 * One row: up to where new messages were looked through for whom to tell outside of the pages. They
 * are their own outbox: what this snapshot does not see yet is still to be looked at, so that a send
 * writes nothing more and nothing of it is forgotten.
 */
export const messageTail = pgTable(
  "message_tail",
  {
    only: text("only").primaryKey().default("row"),
    /** A `pg_snapshot` as text. */
    snapshot: text("snapshot").notNull(),
    movedAt: moment("moved_at").notNull().defaultNow(),
  },
  (table) => [check("message_tail_one_row", sql`${table.only} = 'row'`)],
);

/**
 * What leaves Parley for good: a mail, a push. A job notes here that it hands something over before
 * the other side can have taken it, so that one that runs again after a crash does not send it twice.
 */
export const deliveries = pgTable(
  "deliveries",
  {
    /** What is delivered to whom: the same thing has the same key. */
    key: text("key").primaryKey(),
    state: text("state", { enum: deliveryStates }).notNull().default("begun"),
    /** The attempt that may hand over: an older one, of a process that was thought dead, may not. */
    attemptXid: xid8("attempt_xid").notNull().default(sql`pg_current_xact_id()`),
    at: moment("at").notNull().defaultNow(),
  },
  (table) => [
    index("deliveries_at_idx").on(table.at),
    check("deliveries_state_known", oneOf("state", deliveryStates)),
  ],
);

/** The keys that push services know this Parley by (RFC 8292), where the environment gives none. */
export const vapidKeys = pgTable(
  "vapid_keys",
  {
    only: text("only").primaryKey().default("row"),
    publicKey: text("public_key").notNull(),
    privateKey: text("private_key").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [check("vapid_keys_one_row", sql`${table.only} = 'row'`)],
);
