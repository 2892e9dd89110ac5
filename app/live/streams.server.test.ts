import { expect, test } from "vitest";
import type { Stream } from "./stream.server";
import { Streams } from "./streams.server";

function streamOf(userId: string) {
  const beats = { count: 0 };
  const stream = { userId, beat: () => beats.count++ } as unknown as Stream;
  return { stream, beats };
}

test("every stream beats once a round, and not all at the same time", () => {
  const streams = new Streams(10);
  const all = Array.from({ length: 95 }, (_, at) => streamOf(`${at}`));
  for (const { stream } of all) streams.add(stream);
  const atOnce: number[] = [];
  for (let round = 0; round < 3; round++) {
    for (let slot = 0; slot < 10; slot++) {
      const before = all.reduce((sum, { beats }) => sum + beats.count, 0);
      streams.beat();
      atOnce.push(all.reduce((sum, { beats }) => sum + beats.count, 0) - before);
    }
    expect(new Set(all.map(({ beats }) => beats.count))).toEqual(new Set([round + 1]));
  }
  expect(Math.max(...atOnce)).toBe(10);
});

test("a stream that was removed, once or twice, is gone, and the others of its user are not", () => {
  const streams = new Streams(2);
  const [one, two] = [streamOf("a"), streamOf("a")];
  streams.add(one.stream);
  streams.add(two.stream);
  streams.remove(one.stream);
  streams.remove(one.stream);
  expect([streams.of("a"), streams.size]).toEqual([[two.stream], 1]);
  streams.remove(two.stream);
  expect([streams.hasAnyOf(["a"]), streams.size, [...streams.all()]]).toEqual([false, 0, []]);
  streams.beat();
  streams.beat();
  expect([one.beats.count, two.beats.count]).toEqual([0, 0]);
});
