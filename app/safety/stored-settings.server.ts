import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { filterSettings } from "~/db/schema";
import { notify } from "~/live/notify.server";
import type { FiltersByKind } from "./filters";
import type { Rule } from "./rule";
import { defaultSettings, type Settings } from "./settings";

/** What processes keep a copy of, as they are told of it. */
export const settingsCopy = "filter-settings";

export type StoredSettings = {
  /** Grows with each change of settings and rules; 0 before the first. */
  version: number;
  settings: Settings;
};

type Row = {
  version: number | null;
  filters: Partial<FiltersByKind> | null;
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
    filters: { ...defaultSettings.filters, ...filters },
    allowedDomains: allowed_domains ?? defaultSettings.allowedDomains,
    phoneCountries: phone_countries ?? defaultSettings.phoneCountries,
    rules,
  };
  return { version: version ?? 0, settings };
}

export async function readSettingsVersion(db: Db): Promise<number> {
  const [row] = await selectVersion(db, {});
  return row?.version ?? 0;
}

/**
 * Counts a change of settings or rules, in the transaction of the change, and tells every process of
 * it. Changes wait for each other here: it comes first.
 *
 * @returns the version before; 0 before the first change
 */
export async function countSettingsChange(tx: Db): Promise<number> {
  const { phoneCountries, allowedDomains } = defaultSettings;
  const [row] = await tx
    .insert(filterSettings)
    .values({ phoneCountries, allowedDomains })
    .onConflictDoUpdate({
      target: filterSettings.only,
      set: { version: sql`${filterSettings.version} + 1` },
    })
    .returning({ version: filterSettings.version });
  await notify(tx, [{ kind: "stale", what: settingsCopy }]);
  return (row?.version ?? 1) - 1;
}
