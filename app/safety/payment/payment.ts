import type { Detector, Finding } from "../detector";
import type { Prepared } from "../prepare";
import { findAccounts } from "./bank";
import { findCards } from "./cards";
import { findWallets } from "./wallets";

/** Where money is taken that the marketplace does not see. */
const tills =
  /\b(?:paypal\.me|paypal\.com\/paypalme|revolut\.me|cash\.app|venmo\.com|monzo\.me|wise\.com\/pay|ko-fi\.com|buymeacoffee\.com)(?:\/[\w$.-]{1,60})?/g;

/** Where to send money to: bank accounts, cards, wallets, and pages that take it. */
export const payment: Detector = {
  kind: "payment",
  canBeSplit: true,
  find: (prepared, { strength }) => [
    ...findAccounts(prepared),
    ...findCards(prepared, strength),
    ...findWallets(prepared),
    ...findTills(prepared),
  ],
};

function findTills({ text }: Prepared): Finding[] {
  return Array.from(text.matchAll(tills), ({ index, 0: words }) => ({
    from: index,
    to: index + words.length,
  }));
}
