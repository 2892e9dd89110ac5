import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { checkForm } from "~/http/forms.server";
import { db, sql } from "~test/database";
import { makeUser } from "~test/factories";
import { makeInstance } from "~test/instances";
import { filterSettings } from "../settings-cache.server";
import { changeRule, createRule, removeRule, switchRule } from "./change-rules.server";
import type { RuleDraft } from "./rule-draft";
import { newRuleForm } from "./rule-form.server";
import { findRule, listRules } from "./rules.server";

const vouchers: RuleDraft = {
  name: "Vouchers",
  kind: "word",
  pattern: "voucher\ngift card",
  action: "block",
  stages: ["inquiry", "paid"],
  message: "Vouchers are not sold here.",
};

async function makeRule(admin: Viewer, draft = vouchers): Promise<string> {
  const id = randomUUID();
  await createRule(db, admin, { id, draft });
  return id;
}

const newAdmin = () => makeUser(db, { role: "admin" });
const countingIds = async () => (await filterSettings(db)).rules.map(({ id }) => id);
const actionsOf = async ({ id }: Viewer) =>
  (await sql`select action from audit_log where actor_id = ${id} order by seq`).map(
    ({ action }) => action,
  );

test("a new rule counts when it is switched on and not before, and each step is in the audit log", async () => {
  const admin = await newAdmin();
  const id = await makeRule(admin);
  expect(await countingIds()).not.toContain(id);
  await switchRule(db, admin, { id, version: 1, isOn: true });
  expect((await filterSettings(db)).rules).toContainEqual({
    id,
    version: 1,
    ...(({ name, ...said }) => said)(vouchers),
  });
  await changeRule(db, admin, { id, version: 1, draft: { ...vouchers, action: "warn" } });
  expect((await filterSettings(db)).rules.find((rule) => rule.id === id)).toMatchObject({
    version: 2,
    action: "warn",
  });
  await switchRule(db, admin, { id, version: 2, isOn: false });
  expect(await countingIds()).not.toContain(id);
  await removeRule(db, admin, id);
  expect(await actionsOf(admin)).toEqual([
    "rule.created",
    "rule.switched_on",
    "rule.changed",
    "rule.switched_off",
    "rule.removed",
  ]);
});

test("what a rule said before stays to be read, also after it was removed", async () => {
  const admin = await newAdmin();
  const id = await makeRule(admin);
  await changeRule(db, admin, { id, version: 1, draft: { ...vouchers, pattern: "voucher" } });
  await switchRule(db, admin, { id, version: 2, isOn: true });
  for (const _ of "ab") expect(await removeRule(db, admin, id)).toEqual({ ruleId: id });
  expect(await removeRule(db, admin, randomUUID())).toBeNull();
  const rule = await findRule(db, id);
  expect(rule?.versions.map(({ version, pattern }) => [version, pattern])).toEqual([
    [2, "voucher"],
    [1, "voucher\ngift card"],
  ]);
  expect([rule?.isOn, rule?.isRemoved]).toEqual([false, true]);
  expect(await countingIds()).not.toContain(id);
  expect((await listRules(db, "all")).map((one) => one.id)).not.toContain(id);
  expect((await listRules(db, "removed")).map((one) => one.id)).toContain(id);
  expect(await switchRule(db, admin, { id, version: 2, isOn: true })).toBeNull();
  expect(await changeRule(db, admin, { id, version: 2, draft: vouchers })).toBeNull();
});

test("of two admins who change a rule at once one is told, and a form that is sent twice is one change", async () => {
  const [one, other] = [await newAdmin(), await newAdmin()];
  const id = await makeRule(one);
  const drafts = [
    { ...vouchers, name: "One" },
    { ...vouchers, name: "Other" },
  ] as const;
  const both = await Promise.all([
    changeRule(db, one, { id, version: 1, draft: drafts[0] }),
    changeRule(makeInstance(), other, { id, version: 1, draft: drafts[1] }),
  ]);
  expect(both).toContainEqual({ ruleId: id });
  expect(both).toContainEqual({ refused: "changed" });
  const newest = (await findRule(db, id))?.versions[0];
  const same = drafts.find(({ name }) => name === newest?.name);
  if (!same) throw new Error("Neither was saved");
  expect(await changeRule(db, one, { id, version: 1, draft: same })).toEqual({ ruleId: id });
  expect((await findRule(db, id))?.versions).toHaveLength(2);
  // Nobody switches on what he has not seen.
  const unseen = switchRule(db, one, { id, version: 1, isOn: true });
  expect(await unseen).toEqual({ refused: "changed" });
  await createRule(db, one, { id, draft: vouchers });
  expect((await findRule(db, id))?.versions).toHaveLength(2);
});

function typedRule(changed: Record<string, string>) {
  const { stages: _, ...said } = vouchers;
  const fields = { id: randomUUID(), ...said, stage_inquiry: "on", ...changed };
  const form = checkForm(Object.entries(fields), newRuleForm);
  return form.ok ? form.value.draft : form.result.error;
}

test("a pattern that cannot be read is refused beside its field, with what is wrong and where", () => {
  expect(typedRule({ kind: "pattern", pattern: "iban [0-9]+" })).toMatchObject({
    pattern: "iban [0-9]+",
    stages: ["inquiry"],
  });
  expect(typedRule({ kind: "pattern", pattern: "abc(?=def)" })).toEqual({
    pattern: [
      {
        id: "rule.pattern.syntax",
        values: { problem: "invalid or unsupported Perl syntax", part: "(?=", at: 4 },
      },
    ],
  });
  expect(typedRule({ kind: "pattern", pattern: "ab**" })).toMatchObject({
    pattern: [{ id: "rule.pattern.syntax", values: { part: "**", at: 3 } }],
  });
});

test.each([
  ["a pattern that is found in everything", { kind: "pattern", pattern: "x*" }, "empty"],
  ["a pattern that grows too large", { kind: "pattern", pattern: "(a{30}){30}" }, "tooLarge"],
  ["words without a word", { kind: "word", pattern: "?!" }, "empty"],
])("%s is refused", (_, changed, fault) => {
  expect(typedRule(changed)).toMatchObject({ pattern: [{ id: `rule.pattern.${fault}` }] });
});

test("a rule needs a stage, and something to tell the sender", () => {
  const { stages: _, ...said } = vouchers;
  const form = checkForm(Object.entries({ id: randomUUID(), ...said, message: " " }), newRuleForm);
  expect(form.ok || form.result.error).toMatchObject({ message: [{ id: "chat.body.empty" }] });
  const without = checkForm(Object.entries({ id: randomUUID(), ...said }), newRuleForm);
  expect(without.ok || without.result.error).toMatchObject({
    stages: [{ id: "rule.stages.none" }],
  });
});

test("patterns that would take too long together are not switched on together, nor made so large", async () => {
  const admin = await newAdmin();
  const large: RuleDraft = { ...vouchers, kind: "pattern", pattern: "(?s).{1,90}q" };
  const small: RuleDraft = { ...large, pattern: "gift ?card" };
  const first = await makeRule(admin, large);
  const second = await makeRule(admin, large);
  const third = await makeRule(admin, small);
  const on = { version: 1, isOn: true };
  expect(await switchRule(db, admin, { id: first, ...on })).toEqual({ ruleId: first });
  expect(await switchRule(db, admin, { id: second, ...on })).toEqual({ refused: "tooMuch" });
  expect(await switchRule(db, admin, { id: third, ...on })).toEqual({ ruleId: third });
  expect(await changeRule(db, admin, { id: third, version: 1, draft: large })).toEqual({
    refused: "tooMuch",
  });
  for (const id of [first, second, third]) await removeRule(db, admin, id);
});
