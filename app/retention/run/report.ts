import { dueKinds } from "../due";
import { type Finding, paceOf, type Run } from "./run";

const number = new Intl.NumberFormat("en");
const verbs = { close: "close", archive: "archive", delete: "delete" } as const;

/** What would be touched, by kind, stage and month, for a terminal. */
export function findingLines(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return ["Nothing is due."];
  const head = ["what", "stage", "due since", "chats", "messages", "held"];
  const ordered = dueKinds.flatMap((kind) =>
    findings
      .filter((one) => one.kind === kind)
      .toSorted((a, b) => a.stage.localeCompare(b.stage) || a.month.localeCompare(b.month)),
  );
  const rows = ordered.map(({ kind, stage, month, chats, messages, held }) => [
    verbs[kind],
    stage,
    month,
    number.format(chats),
    number.format(messages),
    number.format(held),
  ]);
  const widths = head.map((_, at) =>
    Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)),
  );
  return [head, ...rows].map((row) =>
    row
      .map((cell, at) => (at < 3 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** How far it is, at what rate, and how long the rest takes. */
export function progressLine(run: Run, now: Date): string {
  if (run.state === "running" && run.phase === "count") {
    return `Looking: ${number.format(run.due)} chats are due so far`;
  }
  const { left, chatsPerSecond, messagesPerSecond, secondsLeft } = paceOf(run, now);
  const parts = [
    `${number.format(run.closed)} closed`,
    `${number.format(run.archived)} archived`,
    `${number.format(run.deleted)} deleted`,
    `${number.format(run.held)} held`,
    `${number.format(run.failed)} failed`,
    `${number.format(run.messages)} messages`,
  ];
  if (run.isDryRun) return `It would be: ${parts.join(", ")}.`;
  const pace = `${chatsPerSecond.toFixed(1)} chats/s, ${Math.round(messagesPerSecond)} messages/s`;
  if (run.state !== "running") return `${parts.join(", ")}; ${pace}.`;
  const time = secondsLeft === null ? "time left unknown" : `${timeOf(secondsLeft)} left`;
  return `${parts.join(", ")}; ${number.format(left)} to go, ${pace}, ${time}`;
}

function timeOf(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5_400) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}
