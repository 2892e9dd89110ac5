import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { seededRandom } from "~test/sending";
import {
  advance,
  type ChangeMark,
  type Cursor,
  formatCursor,
  hasSeen,
  parseCursor,
  rebase,
} from "./cursor";

const { below } = seededRandom(5);

function makeCursor(chats: number): Cursor {
  const marks = Array.from({ length: chats }, (): [string, ChangeMark] => {
    const chatId = randomUUID();
    return [chatId, { chatId, version: 1 + below(1e9), xid: BigInt(20 + below(1e9)) }];
  });
  const base = { xmin: 10n, xmax: 18n, running: [11n, 15n] };
  return { epoch: randomUUID(), base, ahead: new Map(marks) };
}

test("a cursor comes back as it was written, in one line", () => {
  for (const chats of [0, 1, 2, 40, 250]) {
    const cursor = makeCursor(chats);
    const text = formatCursor(cursor);
    expect(text).toMatch(/^[\w~:,-]+$/);
    expect(parseCursor(text)).toEqual(cursor);
  }
});

test("a cursor of 250 chats fits into a header beside others", () => {
  expect(formatCursor(makeCursor(250)).length).toBeLessThan(14_000);
});

describe("what was seen", () => {
  const chatId = randomUUID();
  const mark = (version: number, xid: bigint) => ({ chatId, version, xid });

  test("is what the base sees, and in each chat what was delivered", () => {
    const cursor = makeCursor(0);
    expect(hasSeen(cursor, mark(1, 10n))).toBe(true);
    expect(hasSeen(cursor, mark(2, 11n))).toBe(false);
    advance(cursor, mark(2, 11n));
    expect(hasSeen(cursor, mark(2, 11n))).toBe(true);
    expect(hasSeen(cursor, mark(3, 12n))).toBe(true);
    expect(hasSeen(cursor, mark(3, 18n))).toBe(false);
    expect(hasSeen(cursor, { ...mark(2, 11n), chatId: randomUUID() })).toBe(false);
  });

  test("stays seen when the base moves on, and costs nothing once the base sees it", () => {
    const cursor = makeCursor(0);
    advance(cursor, mark(2, 11n));
    advance(cursor, { ...mark(9, 30n), chatId: randomUUID() });
    rebase(cursor, { xmin: 15n, xmax: 25n, running: [15n] });
    expect(cursor.ahead.size).toBe(1);
    expect(hasSeen(cursor, mark(2, 11n))).toBe(true);
  });
});

const uuid = randomUUID();
test.each([
  "",
  "~",
  uuid,
  `${uuid}~`,
  `${uuid}~1:2`,
  `${uuid}~2:1:`,
  `${uuid}~1:2:~`,
  `${uuid}~1:2:~a:1:1`,
  `${uuid}~1:2:~${"a".repeat(22)}:-1:1`,
  `${uuid}~1:2:~${"a".repeat(22)}:1:1:1`,
  `${uuid}~1:2:~${"a".repeat(22)}:1:99999999999999999999`,
  `${uuid}~1:2:~${"é".repeat(22)}:1:1`,
  `${uuid}~1:2:${`~${"a".repeat(22)}:1:1`.repeat(1_001)}`,
  "\0",
  "null",
])("what no Parley wrote is no cursor: %#", (text) => {
  expect(parseCursor(text)).toBeNull();
});
