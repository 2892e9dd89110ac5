import { sql } from "drizzle-orm";
import { check, pgTable, text, uuid } from "drizzle-orm/pg-core";

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
