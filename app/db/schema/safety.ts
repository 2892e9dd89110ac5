import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { attachments, chats } from "./chats";
import { counter, id, moment, oneOf } from "./columns";
import { disputes } from "./disputes";

/**
 * Where a flag came from first; later reports of the same join it. What a moderator removed under a
 * case was decided as it came, and waits for nobody.
 */
export const flagSources = ["filter", "report", "appeal", "case"] as const;

export const flagStatuses = ["open", "in_review", "resolved"] as const;

/** What a moderator decided about a flag; the last three are a sanction of that kind. */
export const flagOutcomes = [
  "fine",
  "redacted",
  "dispute",
  "warning",
  "suspension",
  "ban",
] as const;

export const reportTargets = ["message", "picture", "person"] as const;

export const reportReasons = ["scam", "contact", "abuse", "spam", "prohibited", "other"] as const;

/** Who shuts whom out. Where one of two blocks the other, nothing passes between them either way. */
export const blocks = pgTable(
  "blocks",
  {
    blockerId: uuid("blocker_id")
      .notNull()
      .references(() => users.id),
    blockedId: uuid("blocked_id")
      .notNull()
      .references(() => users.id),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.blockerId, table.blockedId] }),
    index("blocks_blocked_id_idx").on(table.blockedId),
    check("blocks_not_oneself", sql`${table.blockerId} <> ${table.blockedId}`),
  ],
);

/**
 * What is queued for review: a message, or what somebody reported of a person. One that is not
 * resolved gathers all that comes to it. An appeal is a flag of its own, which names the one that it
 * appeals, gathers nothing else, and is for another moderator.
 */
export const flags = pgTable(
  "flags",
  {
    id: id(),
    chatId: uuid("chat_id")
      .notNull()
      .references(() => chats.id),
    /** Null where a person was reported. No foreign key: the message may be in an archive. */
    messageId: uuid("message_id"),
    /** Whom it concerns: the message's sender, or who was reported. */
    personId: uuid("person_id")
      .notNull()
      .references(() => users.id),
    /** The place in the chat that it is about; of a reported person, the last one at that time. */
    seq: counter("seq").notNull(),
    source: text("source", { enum: flagSources }).notNull(),
    /** How bad it looks, from 0 to 100: the worst of what came together. */
    severity: integer("severity").notNull(),
    status: text("status", { enum: flagStatuses }).notNull().default("open"),
    openedAt: moment("opened_at").notNull().defaultNow(),
    /**
     * Its place in the queue: the worse it looks, the earlier it counts as come, by half an hour for
     * each point of severity. So what looks harmless comes up as it waits, and nothing starves.
     */
    rankedAt: moment("ranked_at")
      .notNull()
      .generatedAlwaysAs(
        sql`(opened_at at time zone 'UTC' - severity * interval '30 minutes') at time zone 'UTC'`,
      ),
    claimedBy: uuid("claimed_by").references(() => users.id),
    claimedAt: moment("claimed_at"),
    outcome: text("outcome", { enum: flagOutcomes }),
    /** The reasons, as those whom it concerns read them. */
    statement: text("statement"),
    /** Whether the message was redacted with it. */
    isRedacted: boolean("is_redacted").notNull().default(false),
    decidedBy: uuid("decided_by").references(() => users.id),
    resolvedAt: moment("resolved_at"),
    /** The case that was opened instead of a decision, or under which a message was removed. */
    disputeId: uuid("dispute_id").references(() => disputes.id),
    /** When the person whom it concerns said that he read the statement. */
    acknowledgedAt: moment("acknowledged_at"),
    appealOf: uuid("appeal_of").references((): AnyPgColumn => flags.id),
    appealedBy: uuid("appealed_by").references(() => users.id),
    /** In the words of who appeals. */
    appeal: text("appeal"),
  },
  (table) => [
    uniqueIndex("flags_message_id_open_key")
      .on(table.messageId)
      .where(
        sql`${table.status} <> 'resolved' and ${table.source} <> 'appeal' and ${table.messageId} is not null`,
      ),
    uniqueIndex("flags_chat_id_person_id_open_key")
      .on(table.chatId, table.personId)
      .where(
        sql`${table.status} <> 'resolved' and ${table.source} <> 'appeal' and ${table.messageId} is null`,
      ),
    uniqueIndex("flags_one_appeal").on(table.appealOf),
    index("flags_queue_idx").on(table.rankedAt, table.id).where(sql`${table.status} <> 'resolved'`),
    index("flags_resolved_at_idx")
      .on(table.resolvedAt, table.id)
      .where(sql`${table.status} = 'resolved'`),
    index("flags_opened_at_idx").on(table.openedAt),
    index("flags_person_id_idx").on(table.personId, table.openedAt),
    index("flags_chat_id_idx").on(table.chatId),
    check("flags_source_known", oneOf("source", flagSources)),
    check("flags_status_known", oneOf("status", flagStatuses)),
    check("flags_outcome_known", oneOf("outcome", flagOutcomes)),
    check("flags_severity_in_range", sql`${table.severity} between 0 and 100`),
    check(
      "flags_in_review_is_claimed",
      sql`${table.status} <> 'in_review' or ${table.claimedBy} is not null`,
    ),
    check(
      "flags_resolved_is_whole",
      sql`(${table.status} = 'resolved') = (${table.outcome} is not null) and num_nonnulls(${table.outcome}, ${table.statement}, ${table.decidedBy}, ${table.resolvedAt}) in (0, 4)`,
    ),
    check(
      "flags_appeal_is_whole",
      sql`num_nonnulls(${table.appealOf}, ${table.appealedBy}, ${table.appeal}) in (0, 3) and (${table.source} = 'appeal') = (${table.appealOf} is not null)`,
    ),
    check(
      "flags_case_is_a_removal",
      sql`${table.source} <> 'case' or (${table.status} = 'resolved' and ${table.outcome} = 'redacted' and ${table.isRedacted} and num_nonnulls(${table.messageId}, ${table.disputeId}) = 2)`,
    ),
  ],
);

/** What somebody reports to the moderators; they never tell the other side who did. */
export const reports = pgTable(
  "reports",
  {
    id: id(),
    flagId: uuid("flag_id")
      .notNull()
      .references(() => flags.id),
    reporterId: uuid("reporter_id")
      .notNull()
      .references(() => users.id),
    target: text("target", { enum: reportTargets }).notNull(),
    attachmentId: uuid("attachment_id").references(() => attachments.id),
    reason: text("reason", { enum: reportReasons }).notNull(),
    /** In the reporter's words; may be empty. */
    note: text("note").notNull().default(""),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** When the reporter saw what came of it. */
    seenAt: moment("seen_at"),
  },
  (table) => [
    // A form that was sent twice is one report.
    uniqueIndex("reports_flag_id_reporter_id_key").on(table.flagId, table.reporterId),
    index("reports_reporter_id_idx").on(table.reporterId, table.createdAt),
    check("reports_target_known", oneOf("target", reportTargets)),
    check("reports_reason_known", oneOf("reason", reportReasons)),
    check(
      "reports_picture_is_named",
      sql`(${table.target} = 'picture') = (${table.attachmentId} is not null)`,
    ),
  ],
);
