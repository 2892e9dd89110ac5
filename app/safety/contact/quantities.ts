import type { Prepared } from "../prepare";
import type { Run } from "./digits";
import { tokenAt } from "./lead-ins";

/** Words after a number by which it is a price, a size, a time or an amount. */
const units = new Set(
  `eur euro euros usd gbp chf franken francs dollar dollars pounds pfund quid cent cents ct cm mm m km qm
  kg g gr mg l ml cl gb tb mb mhz ghz hz w kw kwh wh watt watts v volt ah mah ps cv hp ccm cc zoll inch
  inches pouces pulgadas ft lbs oz uhr h hs std stunde stunden hour hours heures horas min minuten
  minutes minutos sek sec pm jahre years ans anos tage days jours dias monate months mois meses wochen
  weeks semaines semanas stuck stueck stk pcs pieces piezas x mal prozent percent grad mp megapixel fps
  seiten pages paginas bit teile teilig euronen piepen tacken bucks`.split(/\s+/),
);

const currencyBefore = /[€$£¥]$/;
const currencyAfter = /^[€$£¥%°²³]/;
/** Longer ones are no amount. */
const longestAmount = 6;

const isDay = (digits: string) => digits.length <= 2 && Number(digits) >= 1 && Number(digits) <= 31;
const isMonth = (digits: string) =>
  digits.length <= 2 && Number(digits) >= 1 && Number(digits) <= 12;
const isFullYear = (digits: string) => /^(?:19|20)\d\d$/.test(digits);
const isYear = (digits: string) => digits.length === 2 || /^(?:19|20)\d\d$/.test(digits);

function isDate(a: string, b: string, c: string): boolean {
  if (/^(?:19|20)\d\d$/.test(a)) return isMonth(b) && isDay(c) && b.length === 2;
  return isYear(c) && ((isDay(a) && isMonth(b)) || (isMonth(a) && isDay(b)));
}

/** Whether what follows a place is a unit, or a sign of one. */
function hasUnitAfter({ text, tokens }: Prepared, to: number): boolean {
  let at = tokenAt(tokens, to);
  if (currencyAfter.test(text.charAt(to))) return true;
  if (tokens[at]?.text === ",") at++;
  if (tokens[at]?.text === "-" || tokens[at]?.text === ".") at++;
  if (tokens[at]?.text === "-") at++;
  if (tokens[at]?.text === " ") at++;
  const token = tokens[at];
  return token !== undefined && (units.has(token.text) || currencyAfter.test(token.text));
}

const hasCurrencyBefore = ({ text }: Prepared, from: number) =>
  currencyBefore.test(text.slice(Math.max(0, from - 2), from).trimEnd());

/**
 * Which groups of a run are dates, times, prices, sizes or amounts, and so no part of a longer number.
 *
 * @param isPhone whether the words around say so: "612.345.678" is a price without them
 */
export function quantitiesIn(prepared: Prepared, run: Run, isPhone: boolean): boolean[] {
  const { groups, gaps } = run;
  const is = groups.map(() => false);
  const mark = (from: number, to: number) => is.fill(true, from, to);
  const digitsAt = (at: number) => groups[at]?.digits ?? "";
  for (const [at, group] of groups.entries()) {
    if (is[at] || group.isSpelled) continue;
    const next = gaps[at + 1];
    const isInMiddle = gaps[at] !== "" && gaps[at] === next;
    if (next === ":" && group.digits.length <= 2 && digitsAt(at + 1).length === 2) {
      mark(at, gaps[at + 2] === ":" ? at + 3 : at + 2);
    } else if (
      (next === "." || next === "/" || next === "-" || next === ". ") &&
      gaps[at + 2]?.trim() === next.trim() &&
      gaps[at + 3] !== next &&
      !isInMiddle &&
      isDate(group.digits, digitsAt(at + 1), digitsAt(at + 2))
    ) {
      mark(at, at + 3);
    } else if (
      (next === "/" || next === "." || next === "-") &&
      isMonth(group.digits) &&
      isFullYear(digitsAt(at + 1)) &&
      !isInMiddle &&
      gaps[at + 2] !== next
    ) {
      mark(at, at + 2);
    } else if ((next === "." || next === ",") && !isInMiddle && gaps[at + 2] !== next) {
      const second = digitsAt(at + 1);
      const isDecimal = second.length <= 2 && /^(?:0|[1-9]\d{0,4})$/.test(group.digits);
      const isDayOfYear = next === "." && isDay(group.digits) && isMonth(second);
      if (isDecimal || isDayOfYear) mark(at, at + 2);
    }
    if (!is[at] && (next === "." || next === "," || next === "'") && !isInMiddle && !isPhone) {
      let end = at + 1;
      while (gaps[end] === next && digitsAt(end).length === 3) end++;
      if (end > at + 1 && /^[1-9]\d{0,2}$/.test(group.digits)) mark(at, end);
    }
    if (is[at] || group.digits.length > longestAmount) continue;
    if (hasUnitAfter(prepared, group.to) || hasCurrencyBefore(prepared, group.from)) is[at] = true;
  }
  return is;
}
