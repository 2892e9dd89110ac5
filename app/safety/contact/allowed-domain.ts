import type { Prepared } from "../prepare";
import type { Domain } from "./domain";

/**
 * Whether a domain that stands at a place of the text is one of the allowed, or below one. It is compared
 * as it was written: a letter that only looks like another makes another domain.
 */
export function isAllowed(
  prepared: Prepared,
  domain: Domain,
  from: number,
  to: number,
  allowedDomains: readonly string[],
): boolean {
  if (allowedDomains.length === 0 || prepared.isTricked(from, to)) return false;
  const written = prepared.originalOf(from, to).normalize("NFC").toLowerCase();
  const name = domain.isDisguised ? domain.name : written;
  return allowedDomains.some((allowed) => name === allowed || name.endsWith(`.${allowed}`));
}
