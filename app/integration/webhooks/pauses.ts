const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** After a first failure, a second and so on; the last one again and again. */
const pauses = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
];

/** After its first attempt a message is given up, and after so long without a success an endpoint. */
export const patienceMs = 24 * hour;

/** What an endpoint may ask for at most by `Retry-After`. */
const longestAsked = hour;

/**
 * How long to wait before the next attempt, in ms: up to a tenth more than the list says, so that what
 * failed together does not come together, and never beyond the last moment.
 *
 * @param failures those so far, this one among them
 * @param sinceFirstMs since the first attempt
 * @param askedMs what the endpoint asked for
 * @returns null when it is given up
 */
export function pauseAfter(
  failures: number,
  sinceFirstMs: number,
  askedMs: number | null = null,
): number | null {
  const left = patienceMs - sinceFirstMs;
  if (left <= 0) return null;
  const listed = pauses[Math.min(failures, pauses.length) - 1] ?? 0;
  const own = listed * (1 + Math.random() / 10);
  const wanted = Math.max(own, Math.min(askedMs ?? 0, longestAsked));
  return Math.min(wanted, left);
}
