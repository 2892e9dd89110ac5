import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { filterActions, filterSettings, stages } from "~/db/schema";
import { notify } from "~/live/notify.server";
import { type Filter, type FiltersByKind, filterKinds, strengths } from "./filters";
import type { Rule } from "./rule";
import { defaultSettings, type Settings } from "./settings";

const storedFilter = z.object({
  isOn: z.boolean(),
  strength: z.enum(strengths),
  actions: z.record(z.enum(stages), z.enum(filterActions)),
}) satisfies z.ZodType<Filter>;

/** What processes keep a copy of, as they are told of it. */
export const settingsCopy = "filter-settings";

export type StoredSettings = {
  /** Grows with each change of settings and rules; 0 before the first. */
  version: number;
  settings: Settings;
};

type Row = {
  version: number | null;
  filters: Record<string, unknown> | null;
  allowed_domains: string[] | null;
  phone_countries: string[] | null;
  rules: Rule[];
};

const selectSettings = prepare<Row>(sql`
  select stored.version::int, stored.filters, stored.allowed_domains, stored.phone_countries,
    (select coalesce(json_agg(json_build_object('id', rule.id, 'version', rule.version,
        'kind', said.kind, 'pattern', said.pattern, 'action', said.action, 'stages', said.stages,
        'message', said.message) order by rule.id), '[]')
      from filter_rules rule
      join filter_rule_versions said on said.rule_id = rule.id and said.version = rule.version
      where rule.is_on) as rules
  from (select) one left join filter_settings stored on true`);

const selectVersion = prepare<{ version: number }>(sql`select version::int from filter_settings`);

/** What stands in the database now, over the defaults. */
export async function readSettings(db: Db): Promise<StoredSettings> {
  const [row] = await selectSettings(db, {});
  const { version, filters, allowed_domains, phone_countries, rules = [] } = row ?? {};
  const settings = {
    filters: readable(filters ?? {}),
    allowedDomains: allowed_domains ?? defaultSettings.allowedDomains,
    phoneCountries: phone_countries ?? defaultSettings.phoneCountries,
    rules,
  };
  return { version: version ?? 0, settings };
}

/** What another version of the program wrote and this one cannot read stands at its default. */
function readable(stored: Record<string, unknown>): FiltersByKind {
  const filters = { ...defaultSettings.filters };
  for (const kind of filterKinds) {
    const read = storedFilter.safeParse(stored[kind]);
    if (read.success) filters[kind] = read.data;
  }
  return filters;
}

export async function readSettingsVersion(db: Db): Promise<number> {
  const [row] = await selectVersion(db, {});
  return row?.version ?? 0;
}

/**
 * Holds the settings until the transaction ends: changes of settings and rules wait for each other
 * here, before any other lock.
 *
 * @returns what they are now
 */
export async function lockSettings(tx: Db): Promise<StoredSettings> {
  const { phoneCountries, allowedDomains } = defaultSettings;
  await tx
    .insert(filterSettings)
    .values({ version: 0, phoneCountries, allowedDomains })
    .onConflictDoNothing();
  await tx.select({ only: filterSettings.only }).from(filterSettings).for("update");
  return readSettings(tx);
}

/** Counts a change of settings or rules that holds them, and tells every process of it. */
export async function countSettingsChange(
  tx: Db,
  change: Partial<typeof filterSettings.$inferInsert> = {},
): Promise<void> {
  await tx.update(filterSettings).set({ ...change, version: sql`${filterSettings.version} + 1` });
  await notify(tx, [{ kind: "stale", what: settingsCopy }]);
}
