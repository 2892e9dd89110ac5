import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  char,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { RetentionByStage } from "~/retention/policy";
import type { Finding, Place } from "~/retention/run/run";
import { users } from "./accounts";
import { chats } from "./chats";
import { counter, id, moment, oneOf } from "./columns";

/** What becomes of the messages of somebody who is erased. */
export const erasedMessages = ["kept", "removed"] as const;

/** How far an archive is: `app/retention/archive` says what each stands for after a crash. */
export const archiveStates = ["writing", "moving", "archived", "restoring", "deleting"] as const;

export const retentionTriggers = ["schedule", "admin", "command"] as const;

export const runStates = ["running", "done", "failed", "stopped"] as const;

export const personalExportStates = ["waiting", "ready", "failed", "gone"] as const;

export const erasureStates = ["waiting", "held", "done"] as const;

/** Of a version of a message, as transcripts name them; `record`: the whole of it. */
export const erasableParts = ["body", "pictures", "redactionReason", "record"] as const;

/** `host`: the marketplace, by its API. */
export const erasureRequesters = ["self", "admin", "host"] as const;

/** One row: what admins set. A stage that is missing in `byStage` stands at its default. */
export const retentionSettings = pgTable(
  "retention_settings",
  {
    only: text("only").primaryKey().default("row"),
    /** Counts changes, so that two admins do not undo each other's unseen. */
    version: counter("version").notNull().default(1),
    byStage: jsonb("by_stage").$type<Partial<RetentionByStage>>().notNull().default({}),
    erasedMessages: text("erased_messages", { enum: erasedMessages }).notNull().default("kept"),
    /** Within how many days an erasure must be done: one month by Article 12 (3) of the GDPR. */
    erasureDays: integer("erasure_days").notNull().default(30),
    updatedBy: uuid("updated_by").references(() => users.id),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    check("retention_settings_one_row", sql`${table.only} = 'row'`),
    check("retention_settings_erased_messages_known", oneOf("erased_messages", erasedMessages)),
    check("retention_settings_erasure_days_in_range", sql`${table.erasureDays} between 1 and 30`),
  ],
);

/**
 * Chats whose messages are, or are about to be, in the object storage instead of `chat_messages`,
 * private threads with moderators among them: those go with the chat of their case.
 */
export const chatArchives = pgTable(
  "chat_archives",
  {
    chatId: uuid("chat_id")
      .primaryKey()
      .references(() => chats.id),
    state: text("state", { enum: archiveStates }).notNull().default("writing"),
    objectKey: text("object_key").notNull(),
    /** Of the object as it is stored, in hex and bytes; known once it is written. */
    sha256: char("sha256", { length: 64 }),
    bytes: bigint("bytes", { mode: "number" }),
    /** The chat's version that it holds. */
    chatVersion: counter("chat_version").notNull(),
    messages: integer("messages").notNull(),
    pictures: integer("pictures").notNull(),
    /** Where the chain of its messages ends: proves later what was deleted, without the content. */
    headHash: char("head_hash", { length: 64 }),
    startedAt: moment("started_at").notNull().defaultNow(),
    /** When it last went a step on: what stands still longer than a run may is taken up again. */
    steppedAt: moment("stepped_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("chat_archives_object_key_key").on(table.objectKey),
    index("chat_archives_unfinished_idx")
      .on(table.steppedAt)
      .where(sql`${table.state} <> 'archived'`),
    check("chat_archives_state_known", oneOf("state", archiveStates)),
    check(
      "chat_archives_written_is_whole",
      sql`${table.state} in ('writing', 'deleting') or num_nonnulls(${table.sha256}, ${table.bytes}, ${table.headHash}) = 3`,
    ),
  ],
);

/** What an admin keeps, of a chat or of all chats of a person, whatever retention and erasure say. */
export const legalHolds = pgTable(
  "legal_holds",
  {
    id: id(),
    chatId: uuid("chat_id").references(() => chats.id),
    userId: uuid("user_id").references(() => users.id),
    reason: text("reason").notNull(),
    placedBy: uuid("placed_by")
      .notNull()
      .references(() => users.id),
    placedAt: moment("placed_at").notNull().defaultNow(),
    /** When it ends by itself; null until it is lifted. */
    endsAt: moment("ends_at"),
    liftedBy: uuid("lifted_by").references(() => users.id),
    liftedAt: moment("lifted_at"),
    liftReason: text("lift_reason"),
  },
  (table) => [
    index("legal_holds_chat_id_idx").on(table.chatId),
    index("legal_holds_user_id_idx").on(table.userId),
    check("legal_holds_of_one_thing", sql`num_nonnulls(${table.chatId}, ${table.userId}) = 1`),
    check("legal_holds_reason_says_something", sql`btrim(${table.reason}) <> ''`),
    check("legal_holds_ends_later", sql`${table.endsAt} > ${table.placedAt}`),
    check(
      "legal_holds_lifted_with_reason",
      sql`num_nonnulls(${table.liftedBy}, ${table.liftedAt}, ${table.liftReason}) in (0, 3)`,
    ),
  ],
);

/** Each time that retention ran, or was tried without changing anything, and how far it came. */
export const retentionRuns = pgTable(
  "retention_runs",
  {
    id: id(),
    trigger: text("trigger", { enum: retentionTriggers }).notNull(),
    startedBy: uuid("started_by").references(() => users.id),
    /** The moment that it took for now. */
    asOf: moment("as_of").notNull(),
    isDryRun: boolean("is_dry_run").notNull().default(false),
    state: text("state", { enum: runStates }).notNull().default("running"),
    startedAt: moment("started_at").notNull().defaultNow(),
    /** When it last said that it goes on: one that is silent was killed. */
    beatAt: moment("beat_at").notNull().defaultNow(),
    finishedAt: moment("finished_at"),
    /** Chats: what was due when it began, and what became of them. */
    due: integer("due").notNull().default(0),
    closed: integer("closed").notNull().default(0),
    archived: integer("archived").notNull().default(0),
    deleted: integer("deleted").notNull().default(0),
    held: integer("held").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    /** Rows that were moved or deleted, and bytes of objects that were removed. */
    messages: bigint("messages", { mode: "number" }).notNull().default(0),
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
    /** What it found due before it did anything, by what, stage and month. */
    findings: jsonb("findings").$type<Finding[]>().notNull().default([]),
    /** How far it came: whoever goes on with it begins there. */
    place: jsonb("place")
      .$type<Place>()
      .notNull()
      .default({ phase: "count", kind: "close", after: null }),
    error: text("error"),
  },
  (table) => [
    // One at a time over all instances; a trial changes nothing and is in nobody's way.
    uniqueIndex("retention_runs_one_at_a_time")
      .on(table.state)
      .where(sql`${table.state} = 'running' and not ${table.isDryRun}`),
    index("retention_runs_started_at_idx").on(table.startedAt),
    check("retention_runs_trigger_known", oneOf("trigger", retentionTriggers)),
    check("retention_runs_state_known", oneOf("state", runStates)),
    check(
      "retention_runs_finished_has_time",
      sql`(${table.state} = 'running') = (${table.finishedAt} is null)`,
    ),
  ],
);

/** What somebody asked for of his own data: a ZIP in the storage, for him alone, for 48 hours. */
export const personalExports = pgTable(
  "personal_exports",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    state: text("state", { enum: personalExportStates }).notNull().default("waiting"),
    objectKey: text("object_key").notNull(),
    bytes: bigint("bytes", { mode: "number" }),
    requestedAt: moment("requested_at").notNull().defaultNow(),
    readyAt: moment("ready_at"),
    expiresAt: moment("expires_at"),
  },
  (table) => [
    uniqueIndex("personal_exports_one_at_a_time")
      .on(table.userId)
      .where(sql`${table.state} = 'waiting'`),
    uniqueIndex("personal_exports_object_key_key").on(table.objectKey),
    index("personal_exports_user_id_idx").on(table.userId, table.requestedAt),
    index("personal_exports_expires_at_idx")
      .on(table.expiresAt)
      .where(sql`${table.state} = 'ready'`),
    check("personal_exports_state_known", oneOf("state", personalExportStates)),
    check(
      "personal_exports_ready_is_whole",
      sql`${table.state} <> 'ready' or num_nonnulls(${table.bytes}, ${table.readyAt}, ${table.expiresAt}) = 3`,
    ),
  ],
);

/** Who is, or is to be, erased: the account is gone at once, what a hold keeps goes when it ends. */
export const erasures = pgTable(
  "erasures",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => users.id),
    requestedAs: text("requested_as", { enum: erasureRequesters }).notNull(),
    /** Null for the host. */
    requestedBy: uuid("requested_by").references(() => users.id),
    requestedAt: moment("requested_at").notNull().defaultNow(),
    /** By when it must be done where nothing holds it. */
    dueAt: moment("due_at").notNull(),
    /** As it was set when it was asked for. */
    messages: text("messages", { enum: erasedMessages }).notNull(),
    state: text("state", { enum: erasureStates }).notNull().default("waiting"),
    doneAt: moment("done_at"),
    /** Who it was, until it is done: what is looked for, and what those need who decide a held case. */
    name: text("name"),
    email: text("email"),
  },
  (table) => [
    index("erasures_due_at_idx").on(table.dueAt).where(sql`${table.state} <> 'done'`),
    check("erasures_requested_as_known", oneOf("requested_as", erasureRequesters)),
    check(
      "erasures_only_the_host_is_nobody",
      sql`(${table.requestedBy} is null) = (${table.requestedAs} = 'host')`,
    ),
    check("erasures_messages_known", oneOf("messages", erasedMessages)),
    check("erasures_state_known", oneOf("state", erasureStates)),
    check("erasures_done_has_time", sql`(${table.state} = 'done') = (${table.doneAt} is not null)`),
    check(
      "erasures_done_names_nobody",
      sql`num_nonnulls(${table.name}, ${table.email}) = case when ${table.state} = 'done' then 0 else 2 end`,
    ),
  ],
);

/**
 * Hashes of what was taken out of versions of messages when somebody was erased, so that the chain of
 * their chat stays what it was: of a part of the version's record, or of the record itself where
 * something went that is no part of its own. The message may be in an archive.
 */
export const erasedParts = pgTable(
  "erased_parts",
  {
    messageId: uuid("message_id").notNull(),
    version: counter("version").notNull(),
    part: text("part", { enum: erasableParts }).notNull(),
    hash: char("hash", { length: 64 }).notNull(),
    chatId: uuid("chat_id")
      .notNull()
      .references(() => chats.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.messageId, table.version, table.part] }),
    index("erased_parts_chat_id_idx").on(table.chatId),
    check("erased_parts_part_known", oneOf("part", erasableParts)),
    check("erased_parts_hash_is_hex", sql`${table.hash} ~ '^[0-9a-f]{64}$'`),
  ],
);
