/** A place in a list that is sorted by a time and then by id: what a page's `next` names. */
export type ListPlace = { at: string; id: string };

export function formatPlace({ at, id }: ListPlace): string {
  return `${new Date(at).toISOString()}_${id}`;
}

/** @returns null for what no list gave out, days that no calendar has among it */
export function parsePlace(after: string): ListPlace | null {
  const [, at, id] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      after,
    ) ?? [];
  if (!at || !id || at.startsWith("0000") || Number.isNaN(Date.parse(at))) return null;
  return new Date(at).toISOString() === at ? { at, id } : null;
}
