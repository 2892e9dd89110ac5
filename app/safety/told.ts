import type { FilterKind, Stage } from "./filters";
import type { Settings } from "./settings";

import type { Reason, Verdict } from "./verdict";

/** What a sender is told of a message that was not stored because of what it says. */
export type Told = {
  /** `warn`: it can be sent all the same. */
  action: "warn" | "block";
  /** Those why it was not stored, the strongest first. */
  reasons: ToldReason[];
  /** Comes with the next try of a sender who was warned and wants to send the same. */
  confirm?: string;
};

export type ToldReason = {
  kind: FilterKind | "rule";
  /** As the sender wrote them. */
  words: string[];
  isDisguised?: true;
  /** It needs his messages before this one to be what it is. */
  isSplit?: true;
  /** It can be sent once the order is paid. */
  isLater?: true;
  /** Of a rule: what its admin says. */
  message?: string;
  chats?: number;
};

/** Enough to see what is meant; so many and so long, in UTF-16 units, each. */
const [mostWords, longestWord] = [8, 120];

/** @param verdict `warn` or `block` */
export function tellSender(
  { action, reasons }: Verdict,
  stage: Stage,
  { filters }: Settings,
): Told {
  const told = reasons
    // What only goes to review is no reason to change anything.
    .filter((reason) => reason.action !== "flag")
    .sort((a, b) => Number(b.action === "block") - Number(a.action === "block"));
  return {
    action: action === "block" ? "block" : "warn",
    reasons: told.map((reason) => toTold(reason, isLater(reason, stage, filters))),
  };
}

function toTold({ kind, words, ...reason }: Reason, isLater: boolean): ToldReason {
  const shown = words.slice(0, mostWords).map(shorten);
  const told: ToldReason = { kind, words: shown };
  if (reason.isDisguised) told.isDisguised = true;
  if (reason.earlier?.length) told.isSplit = true;
  if (isLater) told.isLater = true;
  if (reason.rule) told.message = reason.rule.message;
  if (reason.chats) told.chats = reason.chats;
  return told;
}

function isLater({ kind }: Reason, stage: Stage, filters: Settings["filters"]): boolean {
  if (stage !== "inquiry" || kind === "rule") return false;
  const { paid } = filters[kind].actions;
  return paid === "allow" || paid === "flag";
}

function shorten(word: string): string {
  return word.length > longestWord ? `${word.slice(0, longestWord).toWellFormed()}…` : word;
}
