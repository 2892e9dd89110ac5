import type { Report } from "./figures.ts";
import type { BenchPostgres } from "./postgres.ts";

/** What a scenario is given. */
export type Bench = {
  postgres: BenchPostgres;
  /** Of each measurement; figures are medians of them. */
  runs: number;
  /** For trying out: short, and smaller where size is the point. */
  isQuick: boolean;
  duration: { warmUpMs: number; measureMs: number };
  /** For logs and what is built on the fly. */
  folder: string;
  /** Progress, for whoever waits. */
  say(line: string): void;
};

export type Scenario = {
  name: string;
  /** What it measures, in a few words. */
  title: string;
  run(bench: Bench): Promise<Report>;
};
