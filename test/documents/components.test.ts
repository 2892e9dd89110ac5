import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import text from "../../docs/components.md?raw";
import { root } from "../../scripts/machine.mjs";
import { propsOf } from "./component-props";

/** A heading names a component, the link below it its file, and the table what it takes. */
const parts = text
  .split(/^## /m)
  .slice(1)
  .map((part) => ({
    component: /^`(\w+)`$/m.exec(part)?.[1] ?? "",
    part,
    file: /\]\(\.\.\/(app\/ui\/[\w/-]+\.tsx)\)/.exec(part)?.[1] ?? "",
  }));

const rowsOf = (part: string) =>
  [...part.matchAll(/^\| `([^`]+)` +\| `([^`]+)` +\| \S/gm)].map(([, name = "", type = ""]) => ({
    name,
    type: type.replaceAll("\\|", "|"),
  }));

test("docs/components.md has every property of the components that it names, with its type", () => {
  expect(parts.length).toBeGreaterThan(11);
  const props = propsOf(new Map(parts.map(({ component, file }) => [component, file])));
  const documented = parts.map(({ component, part }) => [component, rowsOf(part)]);
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(props));
}, 120_000);

test("docs/components.md shows each picture that there is of a component, and no other", () => {
  const shown = [...text.matchAll(/pictures\/components\/([\w-]+\.webp)/g)].map(([, name]) => name);
  const there = readdirSync(`${root}docs/pictures/components`);
  expect([...new Set(shown)].sort()).toEqual(there.sort());
  for (const name of there) {
    const picture = readFileSync(`${root}docs/pictures/components/${name}`);
    expect(picture.subarray(8, 12).toString(), name).toBe("WEBP");
  }
});
