import type { ruleKinds, stages } from "~/db/schema";
import type { Rule } from "../rule";

type Stage = (typeof stages)[number];

/** What an admin writes; the rest is the program's. */
export type RuleDraft = {
  name: string;
  kind: (typeof ruleKinds)[number];
  pattern: string;
  action: Rule["action"];
  stages: Stage[];
  message: string;
};

/** Which parts of a rule differ, in the order in which its form shows them. */
export function changedParts(before: RuleDraft, after: RuleDraft): (keyof RuleDraft)[] {
  const parts = ["name", "kind", "pattern", "action", "stages", "message"] as const;
  return parts.filter((part) => String(before[part]) !== String(after[part]));
}

/** Rules that are there at once, on or off: each message pays for each that is on. */
export const mostRules = 200;

/** Lengths, in characters. */
export const ruleLimits = { name: 80, pattern: 4_000, message: 300 };

export const ruleFilters = ["all", "on", "off", "removed"] as const;
export type RuleFilter = (typeof ruleFilters)[number];

/** A rule as a list shows it. */
export type ListedRule = RuleDraft & {
  id: string;
  version: number;
  isOn: boolean;
  isRemoved: boolean;
  changedAt: string;
};

/** One of the versions of a rule. */
type RuleVersion = RuleDraft & { version: number; by: string; at: string };

export type RuleHistory = {
  id: string;
  isOn: boolean;
  isRemoved: boolean;
  /** The newest first; that one counts. */
  versions: [RuleVersion, ...RuleVersion[]];
};
