import { sql } from "drizzle-orm";
import { type AnyPgColumn, char, check, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { roles, users } from "./accounts";
import { counter, id, moment, oneOf, writtenBy, xid8 } from "./columns";
import { disputes } from "./disputes";
import { flags } from "./safety";

/** `host`: by the API; `system`: the program itself, such as a suspension that ended. */
export const auditRoles = [...roles, "host", "system"] as const;

export const sanctionKinds = ["warning", "suspension", "ban"] as const;

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
    flagId: uuid("flag_id").references((): AnyPgColumn => flags.id),
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
    /** The transactions that imposed and lifted it: webhooks go by them. */
    createdXid: writtenBy("created_xid"),
    liftedXid: xid8("lifted_xid"),
  },
  (table) => [
    index("sanctions_created_xid_idx").on(table.createdXid),
    index("sanctions_lifted_xid_idx").on(table.liftedXid),
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
