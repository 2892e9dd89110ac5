import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { FiltersByKind } from "~/safety/filters";
import type { Reason } from "~/safety/verdict";
import { users } from "./accounts";
import { chatMessages, stages } from "./chats";
import { counter, id, moment, oneOf } from "./columns";

export const ruleKinds = ["word", "phrase", "pattern"] as const;

/** From the weakest to the strongest. */
export const filterActions = ["allow", "flag", "warn", "block"] as const;

/**
 * What the filters said of a version of a message that was stored all the same: flagged, or sent
 * after a warning. For moderators.
 */
export const messageVerdicts = pgTable(
  "message_verdicts",
  {
    messageId: uuid("message_id")
      .notNull()
      .references(() => chatMessages.id, { onDelete: "cascade" }),
    /** The message's version that was judged. */
    version: counter("version").notNull(),
    action: text("action", { enum: filterActions }).notNull(),
    /** The stage of the deal at that moment. */
    stage: text("stage", { enum: stages }).notNull(),
    reasons: jsonb("reasons").$type<Reason[]>().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.messageId, table.version] }),
    check("message_verdicts_action_stored", oneOf("action", ["flag", "warn"])),
    check("message_verdicts_stage_known", oneOf("stage", stages)),
  ],
);

/** One row: what admins set of the filters. What is missing of `filters` stands at its default. */
export const filterSettings = pgTable(
  "filter_settings",
  {
    only: text("only").primaryKey().default("row"),
    /** Counts changes of this row and of rules: processes know by it that what they hold is old. */
    version: counter("version").notNull().default(1),
    filters: jsonb("filters").$type<Partial<FiltersByKind>>().notNull().default({}),
    /** Domains that may be linked to, each with its subdomains; lower case. */
    allowedDomains: text("allowed_domains").array().notNull().default(sql`'{}'`),
    /** ISO 3166 codes: phone numbers without a country's code are read as these countries'. */
    phoneCountries: text("phone_countries").array().notNull().default(sql`'{}'`),
    updatedBy: uuid("updated_by").references(() => users.id),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [check("filter_settings_one_row", sql`${table.only} = 'row'`)],
);

/** Admins' own rules. What one says is in its versions; the newest counts. */
export const filterRules = pgTable(
  "filter_rules",
  {
    id: id(),
    version: integer("version").notNull().default(1),
    isOn: boolean("is_on").notNull().default(false),
    createdBy: uuid("created_by")
      .notNull()
      .references(() => users.id),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** One that is removed counts no more; what it did stays to be read. */
    removedAt: moment("removed_at"),
  },
  (table) => [
    check("filter_rules_removed_is_off", sql`${table.removedAt} is null or not ${table.isOn}`),
  ],
);

export const filterRuleVersions = pgTable(
  "filter_rule_versions",
  {
    ruleId: uuid("rule_id")
      .notNull()
      .references(() => filterRules.id),
    version: integer("version").notNull(),
    name: text("name").notNull(),
    kind: text("kind", { enum: ruleKinds }).notNull(),
    /** Words or phrases, one on each line, or one pattern in RE2's syntax. */
    pattern: text("pattern").notNull(),
    action: text("action", { enum: filterActions }).notNull(),
    stages: text("stages", { enum: stages }).array().notNull(),
    /** What the sender is told. */
    message: text("message").notNull(),
    createdBy: uuid("created_by")
      .notNull()
      .references(() => users.id),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.ruleId, table.version] }),
    check("filter_rule_versions_kind_known", oneOf("kind", ruleKinds)),
    check("filter_rule_versions_action_known", oneOf("action", ["flag", "warn", "block"])),
    check("filter_rule_versions_says_something", sql`${table.pattern} <> ''`),
  ],
);

export const dryRunStates = ["running", "done", "late", "cancelled", "failed"] as const;

/**
 * A version of a rule, tried on what was sent in the last days. No text: of its samples it keeps
 * which messages they are, and each look at what those say is in the audit log.
 */
export const filterDryRuns = pgTable(
  "filter_dry_runs",
  {
    id: id(),
    ruleId: uuid("rule_id").notNull(),
    version: integer("version").notNull(),
    startedBy: uuid("started_by")
      .notNull()
      .references(() => users.id),
    startedAt: moment("started_at").notNull().defaultNow(),
    /** One that runs says so every few seconds; one whose process is gone does not any more. */
    beatAt: moment("beat_at").notNull().defaultNow(),
    endedAt: moment("ended_at"),
    /** `late`: its time was up before it was through. */
    state: text("state", { enum: dryRunStates }).notNull().default("running"),
    /** How many chats there are to look through, and how many it has behind it. */
    chats: integer("chats").notNull().default(0),
    chatsDone: integer("chats_done").notNull().default(0),
    messages: integer("messages").notNull().default(0),
    hits: integer("hits").notNull().default(0),
    /** Hits by day (UTC), where there are any. */
    byDay: jsonb("by_day").$type<Record<string, number>>().notNull().default({}),
    /** Some of the messages that it hit. */
    samples: uuid("samples").array().notNull().default(sql`'{}'`),
  },
  (table) => [
    foreignKey({
      name: "filter_dry_runs_rule_version_fk",
      columns: [table.ruleId, table.version],
      foreignColumns: [filterRuleVersions.ruleId, filterRuleVersions.version],
    }),
    // One at a time, whoever starts it and on whatever instance.
    uniqueIndex("filter_dry_runs_one_runs").on(table.state).where(sql`${table.state} = 'running'`),
    index("filter_dry_runs_rule_id_idx").on(table.ruleId, table.startedAt),
    check("filter_dry_runs_state_known", oneOf("state", dryRunStates)),
    check(
      "filter_dry_runs_ended_has_time",
      sql`(${table.state} = 'running') = (${table.endedAt} is null)`,
    ),
  ],
);

/** How often filters and rules did what, by day (UTC); no text and no person. */
export const filterHits = pgTable(
  "filter_hits",
  {
    day: date("day").notNull(),
    /** A kind of filter, or the id of a rule. */
    what: text("what").notNull(),
    action: text("action", { enum: filterActions }).notNull(),
    count: integer("count").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.day, table.what, table.action] }),
    check("filter_hits_action_known", oneOf("action", filterActions)),
  ],
);

/**
 * Fingerprints of longer messages, by which the same text to many people is found without anybody's
 * text being read again. Kept for a day.
 */
export const messagePrints = pgTable(
  "message_prints",
  {
    messageId: uuid("message_id").primaryKey(),
    chatId: uuid("chat_id").notNull(),
    senderId: uuid("sender_id").notNull(),
    /** 64 bits; texts that are alike differ in few of them. */
    print: bigint("print", { mode: "bigint" }).notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("message_prints_sender_id_idx").on(table.senderId, table.createdAt),
    index("message_prints_created_at_idx").on(table.createdAt),
  ],
);
