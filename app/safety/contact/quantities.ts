import type { Prepared } from "../prepare";
import { wordSet } from "../words/word-set";
import type { Groups } from "./digit-groups";
import type { Run } from "./digits";

/** Words after a number by which it is a price, a size, a time or an amount. */
const units = wordSet(
  `eur euro euros usd gbp chf franken francs dollar dollars pounds pfund quid cent cents ct cm mm m km qm
  kg g gr mg l ml cl gb tb mb mhz ghz hz w kw kwh wh watt watts v volt ah mah ps cv hp ccm cc zoll inch
  inches pouces pulgadas ft lbs oz uhr h hs std stunde stunden hour hours heures horas min minuten
  minutes minutos sek sec pm jahre years ans anos tage days jours dias monate months mois meses wochen
  weeks semaines semanas stuck stueck stk pcs pieces piezas x mal prozent percent grad mp megapixel fps
  seiten pages paginas bit teile teilig euronen piepen tacken bucks`,
);

const currencyBefore = /[€$£¥]$/;
const currenciesAfter = "€$£¥%°²³";
/** Longer ones are no amount. */
const longestAmount = 6;

const isDay = (digits: string) => digits.length <= 2 && Number(digits) >= 1 && Number(digits) <= 31;
const isMonth = (digits: string) =>
  digits.length <= 2 && Number(digits) >= 1 && Number(digits) <= 12;
const isFullYear = (digits: string) => /^(?:19|20)\d\d$/.test(digits);
const isYear = (digits: string) => digits.length === 2 || isFullYear(digits);

function isDate(a: string, b: string, c: string): boolean {
  if (isFullYear(a)) return isMonth(b) && isDay(c) && b.length === 2;
  return isYear(c) && ((isDay(a) && isMonth(b)) || (isMonth(a) && isDay(b)));
}

/** Whether what follows a place is a unit, or a sign of one. */
function hasUnitAfter({ tokens }: Prepared, to: number): boolean {
  let at = tokens.at(to);
  if (isCurrency(tokens.char(at, 0))) return true;
  if (tokens.isChar(at, ",")) at++;
  if (tokens.isChar(at, "-") || tokens.isChar(at, ".")) at++;
  if (tokens.isChar(at, "-")) at++;
  if (tokens.isChar(at, " ")) at++;
  return units.has(tokens.word(at)) || isCurrency(tokens.char(at, 0));
}

const isCurrency = (char: string) => char !== "" && currenciesAfter.includes(char);

const hasCurrencyBefore = ({ text }: Prepared, from: number) =>
  currencyBefore.test(text.slice(Math.max(0, from - 2), from).trimEnd());

/** The groups of a run, as who looks for dates and amounts in them asks. */
class Looked {
  /** By group, from the first of the run on. */
  readonly is: Uint8Array;
  private readonly groups: Groups;
  private readonly run: Run;

  constructor(groups: Groups, run: Run) {
    this.groups = groups;
    this.run = run;
    this.is = new Uint8Array(run.end - run.first);
  }

  /** Before a group; null behind the last. */
  gap(at: number): string | null {
    return at < this.run.end ? this.groups.gap(at) : null;
  }

  digits(at: number): string {
    return at < this.run.end ? this.groups.digits(at) : "";
  }

  mark(from: number, to: number): void {
    this.is.fill(1, from - this.run.first, to - this.run.first);
  }

  isMarked(at: number): boolean {
    return this.is[at - this.run.first] === 1;
  }
}

/** Marks a time, a date or an amount with a point that begins at a group. */
function markShort(looked: Looked, at: number, next: string, isInMiddle: boolean): void {
  const digits = looked.digits(at);
  const second = looked.digits(at + 1);
  const after = looked.gap(at + 2);
  const isTwice =
    after?.trim() === next.trim() && looked.gap(at + 3) !== next && isDateGap(next) && !isInMiddle;
  if (next === ":" && digits.length <= 2 && second.length === 2) {
    looked.mark(at, after === ":" ? at + 3 : at + 2);
  } else if (isTwice && isDate(digits, second, looked.digits(at + 2))) {
    looked.mark(at, at + 3);
  } else if (isInMiddle || after === next) {
    return;
  } else if (isDateGap(next) && next !== ". " && isMonth(digits) && isFullYear(second)) {
    looked.mark(at, at + 2);
  } else if (next === "." || next === ",") {
    const isDecimal = second.length <= 2 && /^(?:0|[1-9]\d{0,4})$/.test(digits);
    const isDayOfYear = next === "." && isDay(digits) && isMonth(second);
    if (isDecimal || isDayOfYear) looked.mark(at, at + 2);
  }
}

const isDateGap = (gap: string) => gap === "." || gap === "/" || gap === "-" || gap === ". ";

/** Marks an amount with signs between its thousands. */
function markThousands(looked: Looked, at: number, next: string): void {
  let end = at + 1;
  while (looked.gap(end) === next && looked.digits(end).length === 3) end++;
  if (end > at + 1 && /^[1-9]\d{0,2}$/.test(looked.digits(at))) looked.mark(at, end);
}

/**
 * Which groups of a run are dates, times, prices, sizes or amounts, and so no part of a longer number: 1
 * for each that is one.
 *
 * @param isPhone whether the words around say so: "612.345.678" is a price without them
 */
export function quantitiesIn(
  prepared: Prepared,
  groups: Groups,
  run: Run,
  isPhone: boolean,
): Uint8Array {
  const looked = new Looked(groups, run);
  for (let at = run.first; at < run.end; at++) {
    if (looked.isMarked(at) || groups.isSpelled(at)) continue;
    const next = looked.gap(at + 1);
    const before = groups.gap(at);
    const isInMiddle = before !== "" && before === next;
    if (next !== null && next !== " ") markShort(looked, at, next, isInMiddle);
    const isThousands = next === "." || next === "," || next === "'";
    if (isThousands && !looked.isMarked(at) && !isInMiddle && !isPhone)
      markThousands(looked, at, next);
    if (looked.isMarked(at) || groups.size(at) > longestAmount) continue;
    if (hasUnitAfter(prepared, groups.to(at)) || hasCurrencyBefore(prepared, groups.from(at)))
      looked.mark(at, at + 1);
  }
  return looked.is;
}
