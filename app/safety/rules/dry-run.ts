import type { dryRunStates } from "~/db/schema";

/** How far back a rule is tried. */
export const dryRunDays = 30;

/** Messages that are shown of those that a rule hits. */
export const mostSamples = 20;

/** A dry run as its page shows it. */
export type DryRun = {
  id: string;
  version: number;
  /** `lost`: the process that ran it is gone. */
  state: (typeof dryRunStates)[number] | "lost";
  startedBy: string;
  startedAt: string;
  endedAt: string | null;
  /** 0 to 1. */
  progress: number;
  messages: number;
  hits: number;
  /** Of all its days (UTC), the oldest first. */
  days: { day: string; hits: number }[];
  samples: number;
};
