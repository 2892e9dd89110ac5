import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, moment, oneOf } from "./columns";

export const roles = ["user", "moderator", "admin"] as const;

/**
 * People: who joined here with a password, and who came from the host marketplace, by `externalId`.
 * `email` is stored in lower case, trimmed; a host need not give one, and its people's may be those of
 * others here, because nobody signs in with them.
 */
export const users = pgTable(
  "users",
  {
    id: id(),
    email: text("email"),
    /** What the host marketplace calls this person. */
    externalId: text("external_id"),
    name: text("name").notNull(),
    passwordHash: text("password_hash"),
    role: text("role", { enum: roles }).notNull().default("user"),
    /** Who turns one of these off is not shown, and sees nobody's. */
    sharesReads: boolean("shares_reads").notNull().default(true),
    sharesPresence: boolean("shares_presence").notNull().default(true),
    /** Until then each of his messages is judged with what is known of him, not by its words alone. */
    watchedUntil: moment("watched_until"),
    /** What the host says about the person, shown on their card; null where it said nothing. */
    isVerified: boolean("is_verified"),
    dealsDone: integer("deals_done"),
    /** When the host said what is known of the person; what it had said before does not count any more. */
    hostSaidAt: moment("host_said_at"),
    /** Since then the host lets this person in nowhere, and so does Parley. */
    hostSuspendedAt: moment("host_suspended_at"),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** Nobody can sign in any more; name and e-mail address are gone, or go when a hold ends. */
    erasedAt: moment("erased_at"),
  },
  (table) => [
    uniqueIndex("users_email_key").on(table.email).where(sql`${table.externalId} is null`),
    uniqueIndex("users_external_id_key").on(table.externalId),
    check("users_external_id_length", sql`char_length(${table.externalId}) between 1 and 200`),
    check("users_has_email_or_host", sql`num_nonnulls(${table.email}, ${table.externalId}) > 0`),
    check("users_deals_not_negative", sql`${table.dealsDone} >= 0`),
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
    /** Of a user token: it is not prolonged by being used, and no cookie opens it. */
    isFixed: boolean("is_fixed").notNull().default(false),
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
