import { parse } from "tldts";
import type { Detector, Finding } from "../detector";
import type { Prepared } from "../prepare";

const isLocal = (char: string) => /[\p{L}0-9._%+-]/u.test(char);
const isDomain = (char: string) => /[a-z0-9.-]/.test(char);

function findPlain({ text }: Prepared): Finding[] {
  const found: Finding[] = [];
  let at = text.indexOf("@");
  let last = 0;
  while (at !== -1) {
    let from = at;
    while (from > last && isLocal(text.charAt(from - 1))) from--;
    let to = at + 1;
    while (to < text.length && isDomain(text.charAt(to))) to++;
    const next = to;
    while (to > at && /[.-]/.test(text.charAt(to - 1))) to--;
    if (from < at && parse(text.slice(at + 1, to), { allowPrivateDomains: false }).isIcann)
      found.push({ from, to });
    last = Math.max(at + 1, next);
    at = text.indexOf("@", last);
  }
  return found;
}

/** E-mail addresses. */
export const email: Detector = { kind: "email", canBeSplit: true, find: findPlain };
