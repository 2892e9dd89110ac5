import { parse } from "cookie";

/** The reader's IANA time zone, which the client's script puts into a cookie; UTC before it does. */
export function readTimeZone(request: Request): string {
  const wanted = parse(request.headers.get("Cookie") ?? "").timeZone;
  if (!wanted) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
