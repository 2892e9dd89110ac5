const dayMs = 86_400_000;

/** Days (UTC) as in `2025-03-09`, the oldest first, up to and with the day of a moment. */
export function lastDays(count: number, until: Date): string[] {
  return Array.from({ length: count }, (_, at) =>
    new Date(until.getTime() - (count - 1 - at) * dayMs).toISOString().slice(0, 10),
  );
}
