import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("docs/operating.md says what every metric means", () => {
  const document = readFileSync("docs/operating.md", "utf8");
  const names = globSync("app/**/*.server.ts").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/name: "(parley_\w+)"/g)].map(([, name]) => name),
  );
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
});
