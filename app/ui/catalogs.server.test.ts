import { expect, test } from "vitest";
import { catalogOf } from "./catalogs.server";

const sources = import.meta.glob<string>(
  ["../**/*.{ts,tsx}", "!../**/*.test.{ts,tsx}", "!../db/seed/**"],
  { eager: true, query: "?raw", import: "default" },
);

test("every sentence of the catalog is said somewhere", () => {
  const code = Object.values(sources).join("\n");
  const whole = new Set(code.match(/"[a-z]\w*(?:\.\w+)+"/gi)?.map((id) => id.slice(1, -1)));
  // As in `chat.mark.${mark}`.
  const beginnings = [...code.matchAll(/`([a-z]\w*\.(?:\w+\.)+)\$\{/gi)].map(
    ([, start = ""]) => start,
  );
  const isSaid = (id: string) =>
    whole.has(id) || beginnings.some((beginning) => id.startsWith(beginning));
  const ids = Object.keys(catalogOf("en"));
  expect(ids.length).toBeGreaterThan(100);
  expect(ids.filter((id) => !isSaid(id))).toEqual([]);
});

test("sentences are made of what browsers can say: texts, values, counts and choices", () => {
  const kinds = JSON.stringify(catalogOf("en")).matchAll(/\["\w+","(\w+)"/g);
  const known = ["plural", "select", "selectordinal"];
  expect([...kinds].filter(([, kind = ""]) => !known.includes(kind))).toEqual([]);
});
