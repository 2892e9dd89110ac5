/** A service that names a later time is asked again after so long all the same. */
const longestMs = 24 * 60 * 60 * 1000;

/**
 * When an answer wants to be asked again (RFC 9110, 10.2.3): in so many seconds, or at a time.
 *
 * @returns null where it does not say
 */
export function retryTime(header: string | undefined, now: Date): Date | null {
  if (!header) return null;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : undefined;
  const at = seconds === undefined ? Date.parse(header) : now.getTime() + seconds * 1000;
  if (Number.isNaN(at)) return null;
  return new Date(Math.min(Math.max(at, now.getTime()), now.getTime() + longestMs));
}
