import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { apiDocument } from "./document.server";
import { operations } from "./operations/all.server";

test("the document passes a public linter at its strictest, without a warning", async () => {
  const config = await createConfig({
    extends: ["recommended-strict"],
    rules: {
      // Wherever somebody runs it, he calls his own.
      "no-server-example.com": "off",
    },
  });
  const found = await lintFromString({
    source: JSON.stringify(apiDocument()),
    absoluteRef: "openapi.json",
    config,
  });
  expect(
    found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
  ).toEqual([]);
});

test("every operation is in the document under a name of its own, with who may call it", () => {
  const paths = Object.values(apiDocument().paths ?? {}) as Record<
    string,
    { operationId: string; security: object[] }
  >[];
  const described = paths.flatMap((path) => Object.values(path));
  expect(described.map(({ operationId }) => operationId).toSorted()).toEqual(
    operations.map(({ id }) => id).toSorted(),
  );
  expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const { security } of described) expect(security.length).toBeGreaterThan(0);
});
