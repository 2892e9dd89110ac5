import { z } from "zod";
import type { Db } from "~/db/client.server";
import { type erasedMessages, retentionSettings, stages } from "~/db/schema";
import { type RetentionByStage, retention, wholeRetention } from "./policy";

export type RetentionSettings = {
  /** Grows with each change; 0 before the first. */
  version: number;
  byStage: RetentionByStage;
  erasedMessages: (typeof erasedMessages)[number];
  /** Within how many days an erasure must be done. */
  erasureDays: number;
};

const storedStages = z.partialRecord(z.enum(stages), retention);

/** What stands in the database now, over the defaults. */
export async function readRetention(db: Db): Promise<RetentionSettings> {
  const [row] = await db.select().from(retentionSettings);
  // What cannot be read is no licence to delete by other rules: this fails then.
  const byStage = wholeRetention(storedStages.parse(row?.byStage ?? {}));
  const { version = 0, erasedMessages = "kept", erasureDays = 30 } = row ?? {};
  return { version, byStage, erasedMessages, erasureDays };
}
