import { createHash } from "node:crypto";
import type { Settings } from "./settings";
import { type SettingsPart, settingsParts } from "./settings-parts";

/**
 * What a form was filled from: it is another one when anybody changed a setting of that form, and
 * stays when other settings or rules changed.
 */
export function settingsBasis(settings: Settings, part: SettingsPart): string {
  const { filters, allowedDomains, phoneCountries } = settings;
  const all: Record<string, unknown> = { ...filters, allowedDomains, phoneCountries };
  const shown = settingsParts[part].map((name) => all[name]);
  return createHash("sha256").update(JSON.stringify(shown)).digest("hex").slice(0, 16);
}
