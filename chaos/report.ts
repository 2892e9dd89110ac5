import type { Result } from "./act";

const columns: { head: string; width: number; of: (result: Result) => string | number }[] = [
  { head: "fault", width: -16, of: ({ fault }) => fault },
  { head: "ok", width: 6, of: ({ ok }) => ok },
  { head: "failed", width: 7, of: ({ failed }) => failed },
  { head: "unknown", width: 8, of: ({ unknown }) => unknown },
  { head: "repeated", width: 9, of: ({ repeated }) => repeated },
  { head: "changes", width: 8, of: ({ changes }) => changes },
  { head: "resumes", width: 8, of: ({ resumes }) => resumes },
  { head: "resyncs", width: 8, of: ({ resyncs }) => resyncs },
  { head: "silence s", width: 10, of: ({ silenceSeconds }) => silenceSeconds.toFixed(1) },
  { head: "recovery s", width: 11, of: (r) => r.recoverySeconds?.toFixed(1) ?? "never" },
  { head: "violations", width: 11, of: ({ violations }) => violations.length },
  { head: "took s", width: 7, of: ({ seconds }) => seconds.toFixed(0) },
];

export function tableHead(): string {
  return row(columns.map(({ head }) => head));
}

export function tableRow(result: Result): string {
  return row(columns.map(({ of }) => String(of(result))));
}

function row(cells: string[]): string {
  return cells
    .map((cell, at) => {
      const width = columns[at]?.width ?? 0;
      return width < 0 ? cell.padEnd(-width) : cell.padStart(width);
    })
    .join("");
}

/** Each rule that was broken, how often, and how for the first time. */
export function describeViolations({ fault, violations }: Result): string {
  const rules = new Map<string, string[]>();
  for (const { rule, detail } of violations) {
    rules.set(rule, [...(rules.get(rule) ?? []), detail]);
  }
  return [...rules]
    .map(([rule, [first = "", ...more]]) => {
      const times = more.length ? ` (${more.length + 1} times)` : "";
      return `  ${fault}: ${rule}${times}\n    ${first.slice(0, 2_000)}`;
    })
    .join("\n");
}
