import { type Aim, type Figure, type Report, short } from "./figures.ts";
import type { Machine } from "./machine.ts";

/** A row a load and contender, a column a figure; as Markdown, which people can read as it is. */
export function tableOf(figures: Figure[]): string {
  const names = [...new Set(figures.map(({ name }) => name))];
  const rows = Map.groupBy(figures, ({ at, contender }) => `${at}\n${contender}`);
  const cells = [...rows.values()].map((row) => [
    row[0]?.at ?? "",
    row[0]?.contender ?? "",
    ...names.map((name) => {
      const found = row.find((one) => one.name === name);
      return found ? short(found.median) : "";
    }),
  ]);
  return markdown([["", "", ...names], ...cells]);
}

export function aimsOf(aims: Aim[]): string {
  return aims
    .map(({ aim, measured, met }) => {
      const outcome = met === null ? "could not be measured" : met ? "met" : "MISSED";
      return `- ${aim}: ${measured}, **${outcome}**`;
    })
    .join("\n");
}

export function machineLine({
  at,
  cores,
  cpu,
  memoryGiB,
  node,
  postgres,
  commitMs,
}: Machine): string {
  const day = at.slice(0, 10);
  return `${day}: ${cores} cores of ${cpu}, ${memoryGiB} GiB, Node ${node}, PostgreSQL ${postgres}; a lone commit takes ${commitMs.toFixed(2)} ms.`;
}

/** All that was found out, a section a scenario. */
export function textOf(title: string, { figures, aims, broken }: Report): string {
  const parts = [
    `### ${title}`,
    tableOf(figures),
    aimsOf(aims),
    broken.map((line) => `- BROKEN PROMISE: ${line}`).join("\n"),
  ];
  return parts.filter(Boolean).join("\n\n");
}

function markdown([head = [], ...rows]: string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, at) => pad(cell, at, widths[at] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width, at) =>
    isWord(at) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

const isWord = (column: number) => column < 2;

function pad(cell: string, column: number, width: number): string {
  return isWord(column) ? cell.padEnd(width) : cell.padStart(width);
}
