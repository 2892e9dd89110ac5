import { readFileSync } from "node:fs";
import type { FilterKind } from "~/safety/filters";

export const styles = ["plain", "disguised", "split"] as const;
export type Style = (typeof styles)[number];

/** A line of the labelled set: what one person writes, in one message or in several. */
export type Labelled = {
  /** What it is, and after that what else it may rightly be found as; nothing for a clean one. */
  kinds: FilterKind[];
  style: Style;
  language: string;
  messages: string[];
};

const languages = ["en", "de", "fr", "es"];

/** Haggling as it is: prices, sizes, dates, numbers of orders and of parts, and words that look worse than they are. */
export function cleanLines(): Labelled[] {
  return languages.flatMap((language) =>
    linesOf(`clean.${language}.txt`).map((text) => ({
      kinds: [],
      style: "plain" as const,
      language,
      messages: [text],
    })),
  );
}

/** What is to be found. The messages of one line are divided by " / ". */
export function linesToFind(): Labelled[] {
  return linesOf("found.tsv").map((line) => {
    const [kinds = "", style = "", language = "", text = ""] = line.split("\t");
    return {
      kinds: kinds.split("+") as FilterKind[],
      style: style as Style,
      language,
      messages: style === "split" ? text.split(" / ") : [text],
    };
  });
}

function linesOf(file: string): string[] {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  return text.split("\n").filter((line) => line.trim());
}
