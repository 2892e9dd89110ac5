import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Report } from "./figures.ts";
import type { Machine } from "./machine.ts";
import { machineLine, textOf } from "./table.ts";

export type Results = { machine: Machine; reports: (Report & { name: string; title: string })[] };

const begin = "<!-- figures -->";
const end = "<!-- end of figures -->";

export function writeJson(file: string, results: Results): void {
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

/** Writes the tables to a file, or between the marks of one that has them (docs/performance.md). */
export function writeMarkdown(file: string, { machine, reports }: Results): void {
  const tables = reports.map((report) => textOf(report.title, report));
  const text = [machineLine(machine), ...tables].join("\n\n");
  const before = existsSync(file) ? readFileSync(file, "utf8") : `${begin}\n${end}\n`;
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${begin} … ${end} to write between`);
  writeFileSync(file, `${before.slice(0, from + begin.length)}\n\n${text}\n\n${before.slice(to)}`);
}
