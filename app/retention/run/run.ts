import type { Stage } from "~/chats/system-event";
import type { retentionTriggers, runStates } from "~/db/schema";
import type { DueCursor, DueKind } from "../due";

export type RunTrigger = (typeof retentionTriggers)[number];
export type RunState = (typeof runStates)[number];

/** Chats that were due for the same, by the stage of what they are about and since which month. */
export type Finding = {
  kind: DueKind;
  stage: Stage;
  /** In UTC, such as `2026-11`. */
  month: string;
  chats: number;
  messages: number;
  /** Of these chats, those that something holds. */
  held: number;
};

/** How far a run is. First all is counted, then what earlier runs left is ended, then each is done. */
export type Place =
  | { phase: "count" | "do"; kind: DueKind; after: DueCursor | null }
  | { phase: "resume"; after: string | null }
  | { phase: "erase" };

/** A run as pages and terminals show it; times are ISO 8601 in UTC. */
export type Run = {
  id: string;
  trigger: RunTrigger;
  startedBy: { id: string; name: string } | null;
  asOf: string;
  isDryRun: boolean;
  state: RunState;
  phase: Place["phase"];
  startedAt: string;
  beatAt: string;
  finishedAt: string | null;
  due: number;
  closed: number;
  archived: number;
  deleted: number;
  held: number;
  failed: number;
  messages: number;
  bytes: number;
  findings: Finding[];
  error: string | null;
};

export const doneOf = (run: Pick<Run, "closed" | "archived" | "deleted">) =>
  run.closed + run.archived + run.deleted;

/** Chats and messages a second since it began, and how long the rest takes at that rate. */
export function paceOf(run: Run, now: Date) {
  const end = run.finishedAt ? Date.parse(run.finishedAt) : now.getTime();
  const seconds = Math.max((end - Date.parse(run.startedAt)) / 1000, 0.001);
  const done = doneOf(run) + run.failed;
  const rate = done / seconds;
  const left = Math.max(run.due - done, 0);
  const isKnown = run.state === "running" && run.phase === "do" && done > 0;
  return {
    seconds,
    chatsPerSecond: rate,
    messagesPerSecond: run.messages / seconds,
    left,
    secondsLeft: isKnown ? left / rate : null,
    share: run.due > 0 ? Math.min(done / run.due, 1) : null,
  };
}
