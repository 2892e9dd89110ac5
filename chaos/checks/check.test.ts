import { expect, test } from "vitest";
import type { History, Send } from "../history";
import { check } from "./check";
import { created, goodHistory, revision, row, send, shown } from "./histories";

type Good = ReturnType<typeof goodHistory>;

/** What is found after something was changed in a history in which all went well. */
function rulesBroken(change: (history: Good) => void): string[] {
  const history = goodHistory();
  change(history);
  return [...new Set(check(history satisfies History).map(({ rule }) => rule))];
}

/** The database, the reader's page and a reload all have these rows. */
function store(history: Good, rows: ReturnType<typeof row>[]) {
  for (const chat of history.chats)
    Object.assign(chat, { rows, lastSeq: rows.length, version: 99 });
  history.reading.live = history.reading.reload = [shown(rows, 3)];
}

const events = (history: Good) => history.reading.lineages[0]?.events ?? [];

test("a history in which all went well breaks nothing", () => {
  expect(rulesBroken(() => {})).toEqual([]);
});

test("an unknown send may be there once or not at all, and a refused one may not", () => {
  expect(rulesBroken(({ sends }) => Object.assign(sends[1] ?? {}, { outcome: "unknown" }))).toEqual(
    [],
  );
  expect(
    rulesBroken(({ sends }) => {
      sends.push(send(4, { outcome: "unknown", answers: [] }));
    }),
  ).toEqual([]);
  expect(rulesBroken(({ sends }) => Object.assign(sends[1] ?? {}, { outcome: "failed" }))).toEqual([
    "a refused message is there",
  ]);
});

test("a good message that was refused is told from a bad one", () => {
  const refused: Partial<Send> = { outcome: "failed", answers: [], refusedWith: 422 };
  expect(rulesBroken(({ sends }) => void sends.push(send(4, refused)))).toEqual([
    "a good message was refused",
  ]);
  const bad = send(4, { ...refused, isBad: true });
  expect(rulesBroken(({ sends }) => void sends.push(bad))).toEqual([]);
});

test("a message is known by its words where its client id was ignored", () => {
  const rows = [row(1), row(2), row(3), row(4, { clientId: "another", body: "words 2" })];
  expect(rulesBroken((history) => store(history, rows))).toContain("a message is doubled");
  const edited = [row(1), row(2), row(3), row(4, { clientId: "another", earlier: ["words 2"] })];
  expect(rulesBroken((history) => store(history, edited))).toContain("a message is doubled");
});

test("holes, strangers and other places than were acknowledged are found", () => {
  expect(rulesBroken((history) => store(history, [row(1), row(3)]))).toContain("seq has holes");
  expect(rulesBroken(({ sends }) => void sends.pop())).toEqual(["a message that nobody sent"]);
  const elsewhere = [{ id: "message 2", seq: 9 }];
  expect(rulesBroken(({ sends }) => Object.assign(sends[1] ?? {}, { answers: elsewhere }))).toEqual(
    ["answers name different messages"],
  );
});

test("what was sent after an acknowledgement stands behind it, what was sent before need not", () => {
  const early = { startedAt: 1, endedAt: 2 };
  expect(rulesBroken(({ sends }) => Object.assign(sends[2] ?? {}, early))).toEqual([
    "messages are reordered",
  ]);
  const long = { startedAt: 1, endedAt: 100 };
  expect(rulesBroken(({ sends }) => Object.assign(sends[2] ?? {}, long))).toEqual([]);
});

test("a change that was acknowledged is there once, a refused one not, an unknown one perhaps", () => {
  const other = { body: "other words 2", earlier: ["words 2"] };
  const edited = [row(1), row(2, other), row(3)];
  for (const outcome of ["ok", "unknown"] as const) {
    const change = (history: Good) => {
      history.revisions.push(revision(2, { outcome }));
      store(history, edited);
    };
    expect(rulesBroken(change)).toEqual([]);
  }
  const lost = rulesBroken(({ revisions }) => void revisions.push(revision(2)));
  expect(lost).toEqual(["an acknowledged change is lost"]);
  const unsent = revision(2, { what: "unsend" });
  expect(rulesBroken(({ revisions }) => void revisions.push(unsent))).toEqual([
    "an acknowledged change is lost",
  ]);
  const refused = (history: Good) => {
    history.revisions.push(revision(2, { outcome: "failed" }));
    store(history, edited);
  };
  expect(rulesBroken(refused)).toEqual(["a refused change is there"]);
});

test("events that come twice, out of place or with a hole are found", () => {
  const twice = rulesBroken((history) => void events(history).push(created(3)));
  expect(twice).toContain("an event came twice");
  expect(twice).toContain("a message came twice");
  const swapped = rulesBroken((history) => void events(history).reverse());
  expect(swapped).toContain("events are reordered");
  const hole = rulesBroken((history) => void events(history).splice(1, 1));
  expect(hole).toEqual(["a reader missed a message"]);
});

test("after a resync what the new page shows may come again, once", () => {
  const again = (history: Good) => {
    history.reading.lineages.push({ loaded: null, events: [created(2), created(3)] });
  };
  expect(rulesBroken(again)).toEqual([]);
});

test("a page that differs from a reload in anything that it shows is found", () => {
  const stale = (history: Good) => {
    history.reading.live = [shown([row(1), row(2, { body: "old words" }), row(3)], 3)];
  };
  expect(rulesBroken(stale)).toContain("the live page is not what a reload shows");
  expect(rulesBroken(stale)).toContain("a reader missed a change");
  const miscounted = rulesBroken((history) => {
    history.reading.live = [shown([row(1), row(2), row(3)], 2)];
  });
  expect(miscounted).toEqual([
    "the live page is not what a reload shows",
    "an unread count is wrong",
  ]);
});
