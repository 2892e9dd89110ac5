import { expect, test } from "vitest";
import { printOf } from "./print";

function distance(one: string, other: string): number {
  const [a, b] = [printOf(one)?.print ?? 0n, printOf(other)?.print ?? 0n];
  return [...BigInt.asUintN(64, a ^ b).toString(2)].filter((bit) => bit === "1").length;
}

const call = (name: string, thing: string, euros: number) =>
  `Great news ${name}! We buy all kinds of ${thing} at the best price, write to us today and get ${euros} euros within a day.`;

test("texts that differ in names, numbers, accents and signs are alike, others are not", () => {
  const first = call("Anna", "furniture", 20);
  expect(distance(first, call("Anna", "furniture", 950))).toBe(0);
  expect(distance(first, `  ${first.toUpperCase().replaceAll(" ", " — ")}`)).toBe(0);
  expect(distance(first, call("Anná", "furniture", 20).replaceAll("a", "a\u200b"))).toBe(0);
  expect(distance(first, call("Peter", "electronics", 20))).toBeLessThanOrEqual(12);
  for (const other of [
    "Hello, yes it is still available, you can collect it tomorrow evening after six, cash please.",
    "Does the camera come with the lens, and does the battery hold? Thank you very much",
    "Hallo, ich bin sehr an deinem Fahrrad interessiert. Ist der Preis noch verhandelbar?",
  ]) {
    expect(distance(first, other)).toBeGreaterThan(15);
  }
});

test("a short text has no print; a call is what leads somewhere or is long", () => {
  expect(printOf("Yes, it is still available")).toBeNull();
  expect(printOf(`${"- ".repeat(100)}Hello there`)).toBeNull();
  const question = "Hello, is it still available? I could collect it tomorrow evening.";
  expect(printOf(question)?.isCall).toBe(false);
  expect(printOf(`${question} Visit our shop.`)?.isCall).toBe(true);
  expect(printOf(question.repeat(4))?.isCall).toBe(true);
});

test("a print is a number that PostgreSQL can hold, whatever the text", () => {
  for (const text of [
    "\ud83d".repeat(50),
    "漢".repeat(50),
    "a".repeat(30_000),
    "é".repeat(4_000),
  ]) {
    const print = printOf(text)?.print ?? 0n;
    expect(BigInt.asIntN(64, print)).toBe(print);
  }
});
