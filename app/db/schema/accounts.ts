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
    /** Until then each of his messages is judged with what is known of him, not by its words alone. */
    watchedUntil: moment("watched_until"),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** Nobody can sign in any more; name and e-mail address are gone, or go when a hold ends. */
    erasedAt: moment("erased_at"),
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
