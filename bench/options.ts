import { parseArgs } from "node:util";

export const usage = `npm run bench -- [scenario …] [--runs N] [--quick] [--json FILE] [--markdown FILE]

  scenario     run only these; all without
  --runs       measurements of each thing, whose median counts (3)
  --quick      short and small, for trying out: the figures mean little
  --json       write the figures to a file, for machines
  --markdown   write the tables to a file, or between the marks of docs/performance.md`;

export type Options = ReturnType<typeof readOptions>;

/** @throws Error with one line for what cannot be understood */
export function readOptions(args: string[], known: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      runs: { type: "string" },
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      markdown: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const stranger = positionals.find((name) => !known.includes(name));
  if (stranger) throw new Error(`No scenario is called ${stranger}; there are ${known.join(", ")}`);
  const runs = Number(values.runs ?? (values.quick ? 1 : 3));
  if (!Number.isInteger(runs) || runs < 1) throw new Error("--runs has to be 1 or more");
  return { ...values, runs, names: positionals.length ? positionals : known };
}
