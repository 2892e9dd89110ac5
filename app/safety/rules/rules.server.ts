import { and, desc, eq, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { filterRules, filterRuleVersions, users } from "~/db/schema";
import type { ListedRule, RuleFilter, RuleHistory } from "./rule-draft";
import { draftOf } from "./rule-of.server";

/** The removed ones, of which there may be any number, are shown up to here. */
const mostListed = 300;

const isNewest = and(
  eq(filterRuleVersions.ruleId, filterRules.id),
  eq(filterRuleVersions.version, filterRules.version),
);

const conditions = {
  all: sql`${filterRules.removedAt} is null`,
  on: sql`${filterRules.isOn}`,
  off: sql`not ${filterRules.isOn} and ${filterRules.removedAt} is null`,
  removed: sql`${filterRules.removedAt} is not null`,
};

/** The admins' rules, each in its newest version, the newest change first. */
export async function listRules(db: Db, filter: RuleFilter): Promise<ListedRule[]> {
  const rows = await db
    .select()
    .from(filterRules)
    .innerJoin(filterRuleVersions, isNewest)
    .where(conditions[filter])
    .orderBy(desc(filterRuleVersions.createdAt), desc(filterRules.id))
    .limit(mostListed);
  return rows.map(({ filter_rules: rule, filter_rule_versions: said }) => ({
    id: rule.id,
    version: rule.version,
    isOn: rule.isOn,
    isRemoved: rule.removedAt !== null,
    changedAt: said.createdAt.toISOString(),
    ...draftOf(said),
  }));
}

/** A rule with all that it ever said, also when it was removed; null when there is none. */
export async function findRule(db: Db, id: string): Promise<RuleHistory | null> {
  const rows = await db
    .select({ rule: filterRules, said: filterRuleVersions, by: users.name })
    .from(filterRules)
    .innerJoin(filterRuleVersions, eq(filterRuleVersions.ruleId, filterRules.id))
    .innerJoin(users, eq(users.id, filterRuleVersions.createdBy))
    .where(eq(filterRules.id, id))
    .orderBy(desc(filterRuleVersions.version));
  const versions = rows.map(({ said, by }) => ({
    version: said.version,
    by,
    at: said.createdAt.toISOString(),
    ...draftOf(said),
  }));
  const [newest, ...older] = versions;
  const rule = rows[0]?.rule;
  if (!rule || !newest) return null;
  const { isOn, removedAt } = rule;
  return { id, isOn, isRemoved: removedAt !== null, versions: [newest, ...older] };
}
