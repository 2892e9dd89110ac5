import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  index,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { chats } from "./chats";
import { id, moment, oneOf } from "./columns";
import { apiKeys } from "./integration";

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
    /** The key by which the host decided it, in place of somebody. */
    decidedByKey: uuid("decided_by_key").references((): AnyPgColumn => apiKeys.id),
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
      sql`(${table.status} = 'resolved') = (${table.resolvedAt} is not null) and (${table.status} = 'resolved') = (${table.outcome} is not null) and (${table.outcome} is null or ${table.outcome} = 'withdrawn' or (num_nonnulls(${table.decidedBy}, ${table.decidedByKey}) = 1 and ${table.decision} is not null))`,
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
