import type { disputes } from "~/db/schema";

/** A dispute as moderators have it on their desk. */
export type Case = typeof disputes.$inferSelect & {
  /** Who decided what it appeals; null where it is no appeal, or the host decided. */
  mayNotDecide: string | null;
};
