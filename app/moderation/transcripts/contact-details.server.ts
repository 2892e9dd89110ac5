import { LinkifyIt } from "linkify-it";

export type Range = { start: number; end: number };

const addresses = new LinkifyIt({ fuzzyLink: false, fuzzyIP: false, fuzzyEmail: true });
/** With the digit that leads out of a country or a town: a price or a parcel's number has none. */
const phone = /(?<![\p{L}\p{N}])(?:\+|00|\(?0)\p{Nd}(?:[\s().\\/-]{0,3}\p{Nd}){5,14}/gu;
const date = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/;
/** ISO 13616. */
const iban = /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?\b/g;
const card = /\b\d(?:[ -]?\d){12,18}\b/g;

/** Where a text tells how to reach or to pay somebody, in UTF-16 units. */
export function contactDetails(text: string): Range[] {
  const mails = addresses.match(text)?.filter(({ schema }) => schema === "mailto:") ?? [];
  return [
    ...mails.map(({ index, lastIndex }) => ({ start: index, end: lastIndex })),
    ...rangesOf(text, phone, (found) => !date.test(found)),
    ...rangesOf(text, iban),
    ...rangesOf(text, card, isCard),
  ];
}

function rangesOf(text: string, pattern: RegExp, is = (_: string) => true): Range[] {
  return [...text.matchAll(pattern)]
    .filter(([found]) => is(found))
    .map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
}

/** By its check digit (ISO 7812-1): a number that long is more often that of a parcel. */
function isCard(text: string): boolean {
  const digits = [...text.replace(/\D/g, "")].map(Number).reverse();
  const sum = digits.reduce((sum, digit, at) => {
    const counted = at % 2 ? digit * 2 : digit;
    return sum + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return sum % 10 === 0;
}
