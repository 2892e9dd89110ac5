import { remembered } from "./format";

/** A sentence, made from ICU syntax when the program is built; one without gaps is a text. */
export type Sentence = string | readonly Part[];
type Part = string | Gap;
type Gap = readonly [
  name: string,
  kind?: "plural" | "selectordinal" | "select",
  choices?: Readonly<Record<string, readonly Part[] | number | undefined>>,
];
export type Values = Record<string, string | number>;

const numberFor = remembered(8, (locale: string) => new Intl.NumberFormat(locale));
const rulesFor = remembered(8, (locale: string, type: string) => {
  return new Intl.PluralRules(locale, { type: type as Intl.PluralRuleType });
});

/** @param counted what `#` stands for, in the choices of a number */
export function fill(sentence: Sentence, values: Values, locale: string, counted?: number): string {
  if (typeof sentence === "string") return sentence;
  return sentence.reduce<string>((said, part) => {
    if (typeof part !== "string") return said + fillGap(part, values, locale);
    return (
      said + (part === "#" && counted !== undefined ? numberFor(locale).format(counted) : part)
    );
  }, "");
}

function fillGap([name, kind, choices = {}]: Gap, values: Values, locale: string): string {
  const value = values[name] ?? "";
  if (!kind) return String(value);
  // A value is no name of what every object has.
  const exactly = Object.hasOwn(choices, value) ? choices[value] : undefined;
  if (kind === "select") return fill(asSentence(exactly ?? choices.other), values, locale);
  const counted = Number(value) - Number(choices.offset ?? 0);
  const rules = rulesFor(locale, kind === "plural" ? "cardinal" : "ordinal");
  const chosen = exactly ?? choices[rules.select(counted)] ?? choices.other;
  return fill(asSentence(chosen), values, locale, counted);
}

function asSentence(choice: readonly Part[] | number | undefined): Sentence {
  return typeof choice === "object" ? choice : "";
}
