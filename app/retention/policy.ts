import { z } from "zod";
import { stages } from "~/db/schema/chats";

/** Ten years: what commercial law asks for at most where these figures were looked up. */
const mostMonths = 120;

/** Null: never. */
const months = z.int().min(1).max(mostMonths).nullable();

/**
 * How long a chat is kept, in calendar months, by its status: an open one until it closes by itself
 * after its last message, a closed one until it is archived, an archived one until it is deleted. A
 * frozen chat is moderators' business, and nothing happens to it by itself.
 */
export const retention = z.object({
  closeAfter: months,
  archiveAfter: months,
  deleteAfter: months,
});

export type Retention = z.infer<typeof retention>;

export type RetentionByStage = Record<(typeof stages)[number], Retention>;

/** Close 6 months after the last message, archive 12 months after that, delete after 24 more. */
export const defaultRetention: Retention = { closeAfter: 6, archiveAfter: 12, deleteAfter: 24 };

/** What counts: what was set, and the default where nothing was. */
export function wholeRetention(set: Partial<RetentionByStage>): RetentionByStage {
  const of = (stage: (typeof stages)[number]) => [stage, set[stage] ?? defaultRetention];
  return Object.fromEntries(stages.map(of)) as RetentionByStage;
}
