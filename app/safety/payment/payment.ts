import type { Detector, Finding } from "../detector";
import type { Prepared } from "../prepare";
import { findAccounts } from "./bank";
import { findCards } from "./cards";
import { findWallets } from "./wallets";

/** Where money is taken that the marketplace does not see. */
const till =
  /\b(?:paypal\.me|paypal\.com\/paypalme|revolut\.me|cash\.app|venmo\.com|monzo\.me|wise\.com\/pay|ko-fi\.com|buymeacoffee\.com)(?:\/[\w$.-]{1,60})?/y;
/** Their names have one of these behind the dot, by which they are looked for. */
const ends = /^\.(?:me|com|app)/;
const longestName = 16;
const longestEnd = 4;
const inName = /[a-z-]/;

/** Where to send money to: bank accounts, cards, wallets, and pages that take it. */
export const payment: Detector = {
  kind: "payment",
  canBeSplit: true,
  find(prepared, { strength, most }) {
    const found = findAccounts(prepared, most);
    // What is told is enough: the dear sums of the others are not done for more.
    if (found.length < most) found.push(...findCards(prepared, strength, most - found.length));
    if (found.length < most) found.push(...findWallets(prepared, most - found.length));
    return found.length < most ? [...found, ...findTills(prepared)] : found;
  },
};

function findTills({ text }: Prepared): Finding[] {
  const found: Finding[] = [];
  let end = 0;
  for (let dot = text.indexOf("."); dot !== -1; dot = text.indexOf(".", dot + 1)) {
    if (text[dot + 1] === " " || !ends.test(text.slice(dot, dot + longestEnd))) continue;
    const earliest = Math.max(end, dot - longestName);
    let from = dot;
    while (from > earliest && inName.test(text.charAt(from - 1))) from--;
    for (; from < dot; from++) {
      till.lastIndex = from;
      if (!till.test(text)) continue;
      end = till.lastIndex;
      found.push({ from, to: end });
      break;
    }
  }
  return found;
}
