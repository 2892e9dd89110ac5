import { stages } from "~/db/schema";
import { type FilterKind, filterKinds } from "./filters";
import type { Settings } from "./settings";

/** What an admin changes at once; what is left out stays. */
export type SettingsChange = Partial<Pick<Settings, "allowedDomains" | "phoneCountries">> & {
  filters?: Partial<Settings["filters"]>;
};

type Difference = Record<
  string,
  { from: unknown; to: unknown } | { added: string[]; removed: string[] }
>;

/** What becomes different by a change, by name; empty when nothing does. */
export function settingsDifference(before: Settings, change: SettingsChange): Difference {
  const different: Difference = {};
  for (const kind of filterKinds) addFilter(different, kind, before, change);
  for (const list of ["allowedDomains", "phoneCountries"] as const) {
    const wanted = change[list];
    if (!wanted) continue;
    const added = wanted.filter((one) => !before[list].includes(one));
    const removed = before[list].filter((one) => !wanted.includes(one));
    if (added.length + removed.length > 0) different[list] = { added, removed };
  }
  return different;
}

function addFilter(
  different: Difference,
  kind: FilterKind,
  { filters }: Settings,
  change: SettingsChange,
): void {
  const [from, to] = [filters[kind], change.filters?.[kind]];
  if (!to) return;
  const note = (name: string, was: unknown, is: unknown) => {
    if (was !== is) different[`${kind}.${name}`] = { from: was, to: is };
  };
  note("isOn", from.isOn, to.isOn);
  note("strength", from.strength, to.strength);
  for (const stage of stages) note(stage, from.actions[stage], to.actions[stage]);
}
