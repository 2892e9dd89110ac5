import { parse } from "cookie";
import { remembered } from "~/ui/format";

/** The reader's IANA time zone, which the client's script puts into a cookie; UTC before it does. */
export function readTimeZone(request: Request): string {
  return findTimeZone(request) ?? "UTC";
}

/** The same; null before it does. */
export function findTimeZone(request: Request): string | null {
  const wanted = parse(request.headers.get("Cookie") ?? "").timeZone;
  return wanted ? knownTimeZone(wanted) : null;
}

/** Asking the engine takes most of a millisecond. */
export const knownTimeZone = remembered(64, (wanted: string) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
});
