import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { MetricSamples } from "./metric-samples";

async function samples() {
  const registers = [new Registry()];
  const ended = new Counter({
    name: "ended_total",
    help: "Of x",
    labelNames: ["reason"],
    registers,
  });
  ended.inc({ reason: "left" }, 3);
  ended.inc({ reason: "too-slow" });
  new Gauge({ name: "open", help: "-", registers }).set(0.5);
  const took = new Histogram({
    name: "took_seconds",
    help: "-",
    labelNames: ["path"],
    buckets: [1, 2, 4],
    registers,
  });
  for (const value of [0.5, 1.5, 1.5, 3]) took.observe({ path: "own" }, value);
  for (const value of [3, 9, 9, 9]) took.observe({ path: "others" }, value);
  return new MetricSamples((await registers[0]?.metrics()) ?? "");
}

test("sums are over all labels, or over those that are asked for", async () => {
  const read = await samples();
  expect(read.sum("ended_total")).toBe(4);
  expect(read.sum("ended_total", { reason: "left" })).toBe(3);
  expect(read.sum("open")).toBe(0.5);
  expect(read.sum("unknown")).toBe(0);
  expect([...read.by("ended_total", "reason")]).toEqual([
    ["left", 3],
    ["too-slow", 1],
  ]);
});

test("a quantile lies within its bucket, and what is beyond all of them at the last bound", async () => {
  const read = await samples();
  expect(read.quantile("took_seconds", 0.25, { path: "own" })).toBe(1);
  expect(read.quantile("took_seconds", 0.5, { path: "own" })).toBe(1.5);
  expect(read.quantile("took_seconds", 1, { path: "own" })).toBe(4);
  expect(read.quantile("took_seconds", 0.99, { path: "others" })).toBe(4);
  expect(read.quantile("took_seconds", 0.5)).toBe(3);
  expect(read.quantile("took_seconds", 0.5, { path: "none" })).toBeNull();
  expect(read.quantile("unknown", 0.5)).toBeNull();
});
