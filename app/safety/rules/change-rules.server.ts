import { and, count, eq, isNull } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { filterRules, filterRuleVersions } from "~/db/schema";
import { type AuditEntry, audit } from "~/moderation/audit/audit.server";
import { isTooMuch } from "../rule";
import { refreshSettings } from "../settings-cache.server";
import { countSettingsChange, lockSettings, type StoredSettings } from "../stored-settings.server";
import { changedParts, mostRules, type RuleDraft } from "./rule-draft";
import { draftOf } from "./rule-of.server";

/**
 * `changed`: another admin was faster; `tooMany`: as many as there may be;
 * `tooMuch`: the patterns that are on would take too long together.
 */
type RuleRefusal = "changed" | "tooMany" | "tooMuch";
type Done = { ruleId: string } | { refused: RuleRefusal };

/**
 * Makes a rule, which is off until somebody switches it on.
 *
 * @param id made with the form: sent twice it is one rule
 */
export function createRule(
  db: Db,
  viewer: Viewer,
  { id, draft }: { id: string; draft: RuleDraft },
): Promise<Done> {
  return changing(db, async (tx) => {
    const [there] = await tx
      .select({ count: count() })
      .from(filterRules)
      .where(isNull(filterRules.removedAt));
    if (there && there.count >= mostRules) return { refused: "tooMany" };
    const made = await tx
      .insert(filterRules)
      .values({ id, createdBy: viewer.id })
      .onConflictDoNothing()
      .returning({ id: filterRules.id });
    if (made.length === 0) return { ruleId: id };
    const version = { ruleId: id, version: 1, createdBy: viewer.id };
    await tx.insert(filterRuleVersions).values({ ...version, ...draft });
    await note(tx, viewer, { action: "rule.created", details: { rule: id, ...draft } });
    return { ruleId: id };
  });
}

/**
 * Makes a new version of a rule, which counts from then on if the rule is on; the ones before are kept.
 *
 * @param version that the change was made from
 * @returns null when there is no such rule, or not any more
 */
export function changeRule(
  db: Db,
  viewer: Viewer,
  { id, version, draft }: { id: string; version: number; draft: RuleDraft },
): Promise<Done | null> {
  return changing(db, async (tx, stored) => {
    const rule = await findCurrent(tx, id);
    if (!rule) return null;
    const changed = changedParts(rule, draft);
    if (changed.length === 0) return { ruleId: id };
    if (rule.version !== version) return { refused: "changed" };
    if (rule.isOn && isTooMuch(draft, othersOn(stored, id))) return { refused: "tooMuch" };
    const next = version + 1;
    const row = { ruleId: id, version: next, createdBy: viewer.id };
    await tx.insert(filterRuleVersions).values({ ...row, ...draft });
    await tx.update(filterRules).set({ version: next }).where(eq(filterRules.id, id));
    const parts = changed.map((part) => [part, { from: rule[part], to: draft[part] }]);
    const details = { rule: id, version: next, ...Object.fromEntries(parts) };
    await note(tx, viewer, { action: "rule.changed", details });
    return { ruleId: id };
  });
}

/**
 * Switches a rule on or off. On is what the admin saw, so it is refused when the rule was changed
 * meanwhile.
 *
 * @returns null when there is no such rule, or not any more
 */
export function switchRule(
  db: Db,
  viewer: Viewer,
  { id, version, isOn }: { id: string; version: number; isOn: boolean },
): Promise<Done | null> {
  return changing(db, async (tx, stored) => {
    const rule = await findCurrent(tx, id);
    if (!rule) return null;
    if (rule.isOn === isOn) return { ruleId: id };
    if (isOn && rule.version !== version) return { refused: "changed" };
    if (isOn && isTooMuch(rule, othersOn(stored, id))) return { refused: "tooMuch" };
    await tx.update(filterRules).set({ isOn }).where(eq(filterRules.id, id));
    const action = isOn ? "rule.switched_on" : "rule.switched_off";
    const details = { rule: id, version: rule.version, name: rule.name };
    await note(tx, viewer, { action, details });
    return { ruleId: id };
  });
}

/** Takes a rule away; its versions, hits and verdicts stay to be read. Twice is once. */
export function removeRule(db: Db, viewer: Viewer, id: string): Promise<Done | null> {
  return changing(db, async (tx) => {
    const rule = await findCurrent(tx, id);
    if (!rule) {
      const [there] = await tx.select().from(filterRules).where(eq(filterRules.id, id));
      return there ? { ruleId: id } : null;
    }
    await tx
      .update(filterRules)
      .set({ isOn: false, removedAt: new Date() })
      .where(eq(filterRules.id, id));
    const details = { rule: id, version: rule.version, name: rule.name };
    await note(tx, viewer, { action: "rule.removed", details });
    return { ruleId: id };
  });
}

/** All of it in one transaction that holds the settings; what came of it counts here at once. */
async function changing<Result>(
  db: Db,
  change: (tx: Db, stored: StoredSettings) => Promise<Result>,
): Promise<Result> {
  const result = await db.transaction(async (tx) => {
    return change(tx, await lockSettings(tx));
  });
  await refreshSettings(db);
  return result;
}

const othersOn = ({ settings }: StoredSettings, id: string) =>
  settings.rules.filter((rule) => rule.id !== id);

async function note(tx: Db, viewer: Viewer, entry: AuditEntry): Promise<void> {
  await countSettingsChange(tx);
  await audit(tx, viewer, entry);
}

async function findCurrent(tx: Db, id: string) {
  const [row] = await tx
    .select()
    .from(filterRules)
    .innerJoin(
      filterRuleVersions,
      and(
        eq(filterRuleVersions.ruleId, filterRules.id),
        eq(filterRuleVersions.version, filterRules.version),
      ),
    )
    .where(and(eq(filterRules.id, id), isNull(filterRules.removedAt)));
  if (!row) return null;
  const { version, isOn } = row.filter_rules;
  return { ...draftOf(row.filter_rule_versions), version, isOn };
}
