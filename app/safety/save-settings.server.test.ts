import { expect, test } from "vitest";
import { checkForm } from "~/http/forms.server";
import { db, sql } from "~test/database";
import { makeUser } from "~test/factories";
import { makeInstance } from "~test/instances";
import { defaultFilters } from "./filters";
import { saveSettings } from "./save-settings.server";
import { defaultSettings } from "./settings";
import { settingsBasis } from "./settings-basis.server";
import { filterSettings } from "./settings-cache.server";
import { filtersForm } from "./settings-form.server";
import { settingsParts } from "./settings-parts";
import { readSettings } from "./stored-settings.server";

const newAdmin = () => makeUser(db, { role: "admin" });

async function basisOf(part: keyof typeof settingsParts): Promise<string> {
  return settingsBasis((await readSettings(db)).settings, part);
}

/** The form of one part as a browser sends it, with some of its fields otherwise. */
async function typed(
  part: "contact" | "abuse",
  changed: Record<string, string | null> = {},
): Promise<[string, string][]> {
  const { settings } = await readSettings(db);
  const fields: Record<string, string | null> = { intent: part, basis: await basisOf(part) };
  for (const kind of settingsParts[part]) {
    const { isOn, strength, actions } = settings.filters[kind];
    fields[`${kind}_on`] = isOn ? "on" : null;
    fields[`${kind}_strength`] = strength;
    for (const [stage, action] of Object.entries(actions)) fields[`${kind}_${stage}`] = action;
  }
  return Object.entries({ ...fields, ...changed }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
}

function read(fields: [string, string][]) {
  const form = checkForm(fields, filtersForm);
  if (!form.ok) throw new Error(JSON.stringify(form.result.error));
  if (form.value.intent === "try") throw new Error("Another form");
  return { part: form.value.intent, ...form.value };
}

const lastAudit = async () => {
  const [entry] = await sql`
    select action, actor_id, details::json as details from audit_log order by seq desc limit 1`;
  return entry;
};

test("what an admin sets counts at once here, and what changed is in the audit log", async () => {
  const admin = await newAdmin();
  const form = read(await typed("contact", { email_inquiry: "warn", phone_on: null }));
  expect(await saveSettings(db, admin, form)).toEqual({ saved: true });
  const { filters } = await filterSettings(db);
  expect(filters.email.actions).toEqual({ ...defaultFilters.email.actions, inquiry: "warn" });
  expect([filters.phone.isOn, filters.link]).toEqual([false, defaultFilters.link]);
  expect(await lastAudit()).toEqual({
    action: "filters.changed",
    actor_id: admin.id,
    details: {
      "email.inquiry": { from: "block", to: "warn" },
      "phone.isOn": { from: true, to: false },
    },
  });
});

test("of two admins who change the same the second is told, and nothing is lost", async () => {
  const [one, other] = [await newAdmin(), await newAdmin()];
  const first = read(await typed("abuse", { slur_strength: "high" }));
  const second = read(await typed("abuse", { threat_inquiry: "block" }));
  const both = await Promise.all([
    saveSettings(db, one, first),
    saveSettings(makeInstance(), other, second),
  ]);
  expect(both).toContainEqual({ saved: true });
  expect(both).toContainEqual({ refused: "changed" });
});

test("two admins who change different parts do not meet, and a form that is sent twice is saved once", async () => {
  const admin = await newAdmin();
  const contact = read(await typed("contact", { link_paid: "block" }));
  const abuse = read(await typed("abuse", { profanity_paid: "flag" }));
  for (const form of [contact, abuse, contact]) {
    expect(await saveSettings(db, admin, form)).toEqual({ saved: true });
  }
  const { filters } = await filterSettings(db);
  expect([filters.link.actions.paid, filters.profanity.actions.paid]).toEqual(["block", "flag"]);
  const entries = await sql`select 1 from audit_log where actor_id = ${admin.id}`;
  expect(entries).toHaveLength(2);
});

test("domains and countries are read however they are separated, and the wrong ones are named", async () => {
  const fields = async (domains: string, countries: string): Promise<[string, string][]> => [
    ["intent", "lists"],
    ["basis", await basisOf("lists")],
    ["allowedDomains", domains],
    ["phoneCountries", countries],
  ];
  const form = read(await fields("Shop.example\nhelp.example, shop.example", "de fr;AT"));
  await saveSettings(db, await newAdmin(), form);
  const { allowedDomains, phoneCountries } = await filterSettings(db);
  expect(allowedDomains).toEqual(["help.example", "shop.example"]);
  expect(phoneCountries).toEqual(["AT", "DE", "FR"]);
  const wrong = checkForm(await fields("https://shop.example/a localhost", "DE XX"), filtersForm);
  expect(wrong.ok || wrong.result.error).toEqual({
    allowedDomains: [
      { id: "filters.domains.wrong", values: { wrong: "https://shop.example/a, localhost" } },
    ],
    phoneCountries: [{ id: "filters.countries.wrong", values: { wrong: "XX" } }],
  });
});

test("what another version of the program stored and this one cannot read stands at its default", async () => {
  const foreign = { email: { isOn: "perhaps" }, phone: { ...defaultFilters.phone, isOn: false } };
  await sql`update filter_settings set filters = ${JSON.stringify({ ...foreign, telepathy: {} })}::text::jsonb`;
  const { filters } = (await readSettings(db)).settings;
  expect(filters.email).toEqual(defaultSettings.filters.email);
  expect(filters.phone.isOn).toBe(false);
  expect(Object.keys(filters).sort()).toEqual(Object.keys(defaultFilters).sort());
});
