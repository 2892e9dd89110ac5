import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readEnvironment } from "~/operations/environment.server";
import { messageDraft, seqField } from "./drafts";
import { messageBody } from "./message-body";

const max = 4_000;
const body = messageBody(max);

const family = "👨‍👩‍👧‍👦";
const decomposed = "e\u0301";
/** A base with two marks that have no composed form. */
const marked = "x\u0323\u0307";

function errorOf(text: unknown): string | undefined {
  return body.safeParse(text).error?.issues[0]?.message;
}

describe("a body that shows nothing is empty", () => {
  test.each([
    ["nothing", ""],
    ["spaces", "   "],
    ["line breaks", "\r\n \n\r\t"],
    ["no-break and other wide spaces", "\u00a0\u2003\u202f\u3000"],
    ["zero-width space, joiner, non-joiner, byte order mark", "\u200b\u200d\u200c\ufeff"],
    ["direction marks", "\u200e\u200f\u202a\u202e\u2066\u2069"],
    ["Hangul fillers", "\u3164\uffa0\u115f\u1160"],
    ["empty braille", "\u2800"],
    ["soft hyphens and word joiners", "\u00ad\u2060"],
    ["variation selectors and the grapheme joiner", "\ufe0f\u034f\u180b"],
    ["control characters", "\u0001\u0085\u007f"],
    ["tags", "\u{e0041}\u{e007f}"],
  ])("%s", (_, text) => {
    expect(errorOf(text)).toBe("chat.body.empty");
    expect(errorOf(` ${text}\n`)).toBe("chat.body.empty");
  });

  test("and so is what is no text", () => {
    expect(errorOf(undefined)).toBe("chat.body.empty");
    expect(errorOf(["Hello"])).toBe("chat.body.empty");
  });
});

describe("4,000 characters are allowed, and 4,001 are not", () => {
  test.each([
    ["letters", "a"],
    ["emoji of two units", "😀"],
    ["families", family],
    ["flags", "🇪🇺"],
    ["letters with marks that compose", decomposed],
    ["letters with marks that do not", marked],
    ["Hindi syllables", "नि"],
  ])("%s", (_, character) => {
    expect(body.safeParse(character.repeat(max)).success).toBe(true);
    expect(errorOf(character.repeat(max + 1))).toBe("chat.body.tooLong");
  });

  test("edges that are cut off do not count", () => {
    expect(body.parse(`\n ${"a".repeat(max)} \n`)).toHaveLength(max);
  });
});

describe("the highest limit that an operator can set", () => {
  const highest = 16_000;
  const set = (limit: number) =>
    readEnvironment({ ...process.env, LIMIT_MESSAGE_CHARACTERS: String(limit) });

  test("is what the variable allows", () => {
    expect(set(highest).limitMessageCharacters).toBe(highest);
    expect(() => set(highest + 1)).toThrow("LIMIT_MESSAGE_CHARACTERS");
  });

  test.each([
    ["letters", "a"],
    ["Japanese", "\u3042"],
    ["emoji of two units", "\u{1f600}"],
    ["flags", "\u{1f1ea}\u{1f1fa}"],
    ["letters with marks that do not compose", marked],
  ])("is a limit that a text of %s can reach, within the body limit", (_, character) => {
    const text = character.repeat(highest);
    expect(messageBody(highest).safeParse(text).success).toBe(true);
    const form = new URLSearchParams({ intent: "send", clientId: randomUUID(), body: text });
    expect(form.toString().length).toBeLessThan(1024 * 1024);
  });
});

test("marks that pile up on one character are bounded", () => {
  expect(body.safeParse(`a${"\u0323".repeat(5_000)}`).success).toBe(true);
  expect(errorOf(`a${"\u0323".repeat(70_000)}`)).toBe("chat.body.tooLong");
});

test("a megabyte is refused by its size alone", () => {
  for (const text of ["a", family, decomposed, " ", "\n"]) {
    expect(errorOf(text.repeat(1_048_576 / text.length))).toBe("chat.body.tooLong");
  }
});

test("NUL and half a surrogate pair are refused", () => {
  expect(errorOf("a\0b")).toBe("chat.body.nul");
  expect(errorOf("a\ud83d")).toBe("chat.body.malformed");
  expect(errorOf("\ude00 a")).toBe("chat.body.malformed");
});

test("line breaks of every system become one", () => {
  expect(body.parse("one\r\ntwo\rthree\nfour\r\n\r\nfive")).toBe("one\ntwo\nthree\nfour\n\nfive");
});

test("a text is kept in composed form, so that equal looks are equal texts", () => {
  expect(body.parse(decomposed)).toBe("é");
  expect(body.parse("\u1112\u1161\u11ab")).toBe("한");
});

test("what stands between the edges stays", () => {
  const text = "<b>&amp; \u200b 'quoted' \\ %s {x} 👍🏽\n\n\tשלום";
  expect(body.parse(` ${text} `)).toBe(text);
});

describe("a draft", () => {
  const draft = messageDraft(max);
  const clientId = randomUUID();

  test("knows a client id in either case as the same", () => {
    const given = { clientId: clientId.toUpperCase(), body: "Hello" };
    expect(draft.parse(given)).toMatchObject({ clientId });
  });

  test.each(["", "1", "g".repeat(36), `${clientId}0`, `{${clientId}}`, [clientId], undefined])(
    "refuses the client id %j",
    (given) => {
      const { error } = draft.safeParse({ clientId: given, body: "Hello" });
      expect(error?.issues.map(({ message }) => message)).toEqual(["chat.clientId.invalid"]);
    },
  );

  test("answers nothing when the field is empty", () => {
    expect(draft.parse({ clientId, body: "Hi", replyTo: "" }).replyTo).toBeUndefined();
    expect(draft.parse({ clientId, body: "Hi", replyTo: "7" }).replyTo).toBe(7);
  });

  test.each(["0", "-1", "1.5", "NaN", "Infinity", "1e400", "9007199254740992", "x", "\0"])(
    "refuses the seq %j",
    (seq) => {
      expect(seqField.safeParse(seq).error?.issues[0]?.message).toBe("chat.seq.invalid");
    },
  );
});
