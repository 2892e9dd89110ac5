import { expect, test } from "vitest";
import { Outage } from "./outage.server";

test("what fails again and again is told once until all is well, and then anew", () => {
  const told: unknown[] = [];
  const outage = new Outage((error) => told.push((error as Error).message));
  for (let poll = 0; poll < 20; poll++) outage.failed(new Error("refused"));
  outage.failed(new Error("shut down"));
  expect(told).toEqual(["refused", "shut down"]);
  outage.worked();
  outage.failed(new Error("refused"));
  expect(told).toEqual(["refused", "shut down", "refused"]);
});

test("an outage that fails in ever new ways does not flood the log", () => {
  const told: unknown[] = [];
  const outage = new Outage((error) => told.push(error));
  for (let at = 0; at < 100; at++) outage.failed(new Error(`port ${at}`));
  expect(told).toHaveLength(5);
});
