import { sql } from "drizzle-orm";
import {
  bigserial,
  check,
  customType,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { type EventType, eventTypes } from "~/integration/webhooks/event-types";
import { users } from "./accounts";
import { chats } from "./chats";
import { counter, id, moment, oneOf } from "./columns";
import { apiKeys } from "./integration";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** `failing`: 24 hours of nothing but failures; `gone`: it answered 410. */
export const switchedOffReasons = ["asked", "failing", "gone"] as const;

export const webhookStates = ["waiting", "delivered", "failed"] as const;

/** Where the host marketplace is told what happens here. */
export const webhookEndpoints = pgTable(
  "webhook_endpoints",
  {
    id: id(),
    url: text("url").notNull(),
    eventTypes: text("event_types").array().$type<EventType[]>().notNull(),
    /** Sealed (`app/integration/sealed.server.ts`). The one before still signs until `previousUntil`. */
    secret: bytea("secret").notNull(),
    previousSecret: bytea("previous_secret"),
    previousUntil: moment("previous_until"),
    /** A `pg_snapshot` as text: it is told of what this does not see. */
    since: text("since").notNull().default(sql`pg_current_snapshot()::text`),
    createdBy: uuid("created_by").references(() => users.id),
    /** Where it was not a person but the host by its API. */
    createdByKey: uuid("created_by_key").references(() => apiKeys.id),
    createdAt: moment("created_at").notNull().defaultNow(),
    disabledAt: moment("disabled_at"),
    disabledReason: text("disabled_reason", { enum: switchedOffReasons }),
    /** Since then nothing arrived; null when the last attempt did, or there was none. */
    failingSince: moment("failing_since"),
  },
  (table) => [
    check("webhook_endpoints_url_length", sql`length(${table.url}) <= 2000`),
    check("webhook_endpoints_tells_something", sql`cardinality(${table.eventTypes}) > 0`),
    check(
      "webhook_endpoints_made_by_one",
      sql`num_nonnulls(${table.createdBy}, ${table.createdByKey}) = 1`,
    ),
    check(
      "webhook_endpoints_previous_is_whole",
      sql`num_nonnulls(${table.previousSecret}, ${table.previousUntil}) in (0, 2)`,
    ),
    check(
      "webhook_endpoints_disabled_has_reason",
      sql`num_nonnulls(${table.disabledAt}, ${table.disabledReason}) in (0, 2)`,
    ),
    check("webhook_endpoints_reason_known", oneOf("disabled_reason", switchedOffReasons)),
  ],
);

/**
 * What endpoints are told: of which row, and nothing that stands in it. It is read when it is sent, so
 * that nothing stays here that is unsent, erased or deleted there.
 */
export const webhookMessages = pgTable(
  "webhook_messages",
  {
    /** Sent as `msg_…`; the same at every endpoint and in every attempt. */
    id: uuid("id").primaryKey(),
    type: text("type", { enum: eventTypes }).notNull(),
    /** In whose order it is told: a chat's, or a person's. */
    chatId: uuid("chat_id").references(() => chats.id, { onDelete: "cascade" }),
    userId: uuid("user_id").references(() => users.id, { onDelete: "cascade" }),
    /** The message, chat, dispute or sanction. */
    subjectId: uuid("subject_id").notNull(),
    /** The chat's when it happened. */
    version: counter("version"),
    happenedAt: moment("happened_at").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("webhook_messages_chat_id_idx").on(table.chatId),
    index("webhook_messages_user_id_idx").on(table.userId),
    index("webhook_messages_created_at_idx").on(table.createdAt),
    check("webhook_messages_type_known", oneOf("type", eventTypes)),
    check("webhook_messages_of_one", sql`num_nonnulls(${table.chatId}, ${table.userId}) = 1`),
  ],
);

/** A message to one endpoint, and what became of it. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    endpointId: uuid("endpoint_id")
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: "cascade" }),
    messageId: uuid("message_id")
      .notNull()
      .references(() => webhookMessages.id, { onDelete: "cascade" }),
    /** The chat, or the person: one delivery of it is under way at a time. */
    orderKey: uuid("order_key").notNull(),
    position: bigserial("position", { mode: "number" }).notNull(),
    state: text("state", { enum: webhookStates }).notNull().default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    firstAttemptAt: moment("first_attempt_at"),
    finishedAt: moment("finished_at"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.endpointId, table.messageId] }),
    index("webhook_deliveries_waiting_idx")
      .on(table.endpointId, table.orderKey, table.position)
      .where(sql`${table.state} = 'waiting'`),
    index("webhook_deliveries_endpoint_id_idx").on(table.endpointId, table.position),
    index("webhook_deliveries_message_id_idx").on(table.messageId),
    check("webhook_deliveries_state_known", oneOf("state", webhookStates)),
    check(
      "webhook_deliveries_finished_has_time",
      sql`(${table.state} = 'waiting') = (${table.finishedAt} is null)`,
    ),
  ],
);

/**
 * What waits for an endpoint, a chat or person each: whoever holds the claim sends the next of it, and
 * nobody else does. Gone with the last delivery.
 */
export const webhookLanes = pgTable(
  "webhook_lanes",
  {
    endpointId: uuid("endpoint_id")
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: "cascade" }),
    orderKey: uuid("order_key").notNull(),
    /** Of the newest delivery in it: whoever removes it says up to where it was empty. */
    lastPosition: counter("last_position").notNull(),
    nextAttemptAt: moment("next_attempt_at").notNull().defaultNow(),
    claim: uuid("claim"),
    /** After that whoever claimed it is taken for dead. */
    claimedUntil: moment("claimed_until"),
  },
  (table) => [
    primaryKey({ columns: [table.endpointId, table.orderKey] }),
    index("webhook_lanes_due_idx").on(table.endpointId, table.nextAttemptAt),
    check(
      "webhook_lanes_claim_is_whole",
      sql`num_nonnulls(${table.claim}, ${table.claimedUntil}) in (0, 2)`,
    ),
  ],
);

/** Each time that something was sent, or was to be. */
export const webhookAttempts = pgTable(
  "webhook_attempts",
  {
    id: id(),
    endpointId: uuid("endpoint_id").notNull(),
    messageId: uuid("message_id").notNull(),
    at: moment("at").notNull(),
    durationMs: integer("duration_ms").notNull(),
    /** Null where nothing was answered: `error` says why. */
    status: smallint("status"),
    error: text("error"),
    /** The beginning of what was answered. */
    answer: text("answer"),
  },
  (table) => [
    foreignKey({
      name: "webhook_attempts_delivery_fk",
      columns: [table.endpointId, table.messageId],
      foreignColumns: [webhookDeliveries.endpointId, webhookDeliveries.messageId],
    }).onDelete("cascade"),
    index("webhook_attempts_delivery_idx").on(table.endpointId, table.messageId, table.at),
    check(
      "webhook_attempts_says_something",
      sql`num_nonnulls(${table.status}, ${table.error}) > 0`,
    ),
  ],
);

/** One row, as `message_tail`: up to where changes were looked through for what to tell endpoints. */
export const webhookTail = pgTable(
  "webhook_tail",
  {
    only: text("only").primaryKey().default("row"),
    snapshot: text("snapshot").notNull(),
    movedAt: moment("moved_at").notNull().defaultNow(),
  },
  (table) => [check("webhook_tail_one_row", sql`${table.only} = 'row'`)],
);
