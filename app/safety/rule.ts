import type { ruleKinds, stages } from "~/db/schema";
import type { Reason } from "./verdict";

/** One of the admins' own rules, as it counts. */
export type Rule = {
  id: string;
  version: number;
  kind: (typeof ruleKinds)[number];
  /** Words or phrases, one on each line, or one pattern in RE2's syntax. */
  pattern: string;
  action: Reason["action"];
  stages: (typeof stages)[number][];
  /** What the sender is told. */
  message: string;
};
