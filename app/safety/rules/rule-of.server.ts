import type { filterRuleVersions } from "~/db/schema";
import type { Rule } from "../rule";
import type { RuleDraft } from "./rule-draft";

/** What a stored version of a rule says. */
export function draftOf(row: typeof filterRuleVersions.$inferSelect): RuleDraft {
  const { name, kind, pattern, action, stages, message } = row;
  // A constraint of the table: a rule always does something.
  if (action === "allow") throw new Error(`The rule ${row.ruleId} does nothing`);
  return { name, kind, pattern, action, stages, message };
}

/** The same as it counts when a message is judged. */
export function ruleOf(row: typeof filterRuleVersions.$inferSelect): Rule {
  const { name, ...said } = draftOf(row);
  return { id: row.ruleId, version: row.version, ...said };
}
