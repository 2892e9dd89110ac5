import { readFileSync } from "node:fs";
import { getTableName, isTable } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "~/db/schema";

test("docs/retention.md says of every table what it holds and what takes it away", () => {
  const document = readFileSync("docs/retention.md", "utf8");
  const said = [...document.matchAll(/^\| `(\w+)` +\|/gm)].flatMap(([, name]) => name ?? []);
  const tables = Object.values(schema).flatMap((one) => (isTable(one) ? [getTableName(one)] : []));
  const metrics = said.filter((name) => name.startsWith("parley_"));
  expect(said.filter((name) => !metrics.includes(name)).toSorted()).toEqual(tables.toSorted());
});
