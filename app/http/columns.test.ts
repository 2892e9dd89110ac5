import { expect, test } from "vitest";
import { asColumns, asRows } from "./columns";

const through = (value: unknown) => asRows(JSON.parse(JSON.stringify(asColumns(value))));

/** Numbers from 0 to before 1, the same in each run. */
function makeRandom(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test("whatever a page carries comes back as JSON alone would bring it", () => {
  const random = makeRandom(7);
  const pick = <Value>(values: Value[]) => values[Math.floor(random() * values.length)] as Value;
  const make = (depth: number): unknown => {
    const kind = depth > 3 ? 0 : Math.floor(random() * 5);
    const length = Math.floor(random() * 6);
    if (kind < 2)
      return pick<unknown>([
        null,
        true,
        0,
        -1,
        3.5,
        "",
        "=",
        'a "quote"',
        "ö\u2028",
        undefined,
        [],
      ]);
    if (kind === 2) return Array.from({ length }, () => make(depth + 1));
    const fields = pick([["a"], ["a", "b"], ["b", "a"], ["id", "list", "of"], ["toString", "x"]]);
    const row = () => Object.fromEntries(fields.map((name) => [name, make(depth + 1)]));
    return kind === 3 ? row() : Array.from({ length }, row);
  };
  for (let round = 0; round < 3_000; round++) {
    const value = [make(0)];
    expect(through(value)).toEqual(JSON.parse(JSON.stringify(value)));
  }
});

test("forty that are alike take less than half of the text", () => {
  const sender = (at: number) => ({ id: `user-${at % 2}`, name: "Ana", role: "buyer" });
  const messages = Array.from({ length: 40 }, (_, at) => ({
    id: crypto.randomUUID(),
    seq: at,
    sender: sender(at),
    links: [],
    event: null,
    attachments: at === 7 ? [{ url: "/a" }] : [],
    body: `Number ${at}`,
    editedAt: null,
    deletedAt: null,
  }));
  expect(through(messages)).toEqual(messages);
  const size = (value: unknown) => JSON.stringify(value).length;
  expect(size(asColumns(messages))).toBeLessThan(size(messages) / 2);
});

test("what is alike is still each one's own", () => {
  const [first, second] = through([{ to: [] }, { to: [] }, { to: [] }]) as { to: string[] }[];
  expect(first).not.toBe(second);
  expect(through([{ a: 1 }, { a: 1 }])).toEqual([{ a: 1 }, { a: 1 }]);
});
