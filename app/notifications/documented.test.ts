import { expect, test } from "vitest";
import table from "../../docs/notifications.md?raw";

const tests = import.meta.glob<string>(
  [
    "./**/*.test.ts",
    "../accounts/devices*.test.ts",
    "../jobs/*.test.ts",
    "../http/*.test.ts",
    "../ui/attention/*.test.ts",
    "../../e2e/*.spec.ts",
  ],
  {
    eager: true,
    query: "?raw",
    import: "default",
  },
);

test("every test that the table of notifications names is there", () => {
  const named = [...table.matchAll(/“([^”]+)”/g)].map(([, name = ""]) => name.replace(/\s+/g, " "));
  const code = Object.values(tests).join("\n");
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !code.includes(`"${name}"`))).toEqual([]);
});
