import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { audit } from "~/moderation/audit/audit.server";
import { settingsBasis } from "./settings-basis.server";
import { refreshSettings } from "./settings-cache.server";
import { type SettingsChange, settingsDifference } from "./settings-change";
import type { SettingsPart } from "./settings-parts";
import { countSettingsChange, lockSettings } from "./stored-settings.server";

/**
 * Changes the settings of filters. They count on this process at once, and on all others within a
 * second.
 *
 * @param basis of the settings that the change was made from: `changed` when another admin was faster
 */
export async function saveSettings(
  db: Db,
  viewer: Viewer,
  { part, basis, change }: { part: SettingsPart; basis: string; change: SettingsChange },
): Promise<{ saved: true } | { refused: "changed" }> {
  const saved = await db.transaction(async (tx) => {
    const before = await lockSettings(tx);
    const changed = settingsDifference(before.settings, change);
    // Sent twice, or what the other one did as well: there is nothing to lose.
    if (Object.keys(changed).length === 0) return true;
    if (settingsBasis(before.settings, part) !== basis) return false;
    const { filters: changedFilters, ...lists } = change;
    const filters = { ...before.settings.filters, ...changedFilters };
    const by = { updatedBy: viewer.id, updatedAt: new Date() };
    await countSettingsChange(tx, { ...lists, filters, ...by });
    await audit(tx, viewer, { action: "filters.changed", details: changed });
    return true;
  });
  if (!saved) return { refused: "changed" };
  await refreshSettings(db);
  return { saved: true };
}
