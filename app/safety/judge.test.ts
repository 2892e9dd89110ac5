import { describe, expect, test } from "vitest";
import { isPlain, judge } from "./judge";
import type { Rule } from "./rule";
import { defaultSettings } from "./settings";

const alone = { stage: "inquiry", earlier: [] } as const;
const at = (stage: "inquiry" | "paid", ...bodies: string[]) => ({
  stage,
  earlier: bodies.map((body, i) => ({ seq: i + 1, body })),
});

describe("What becomes of a message", () => {
  test("Haggling is allowed, and needs no look at where it stands.", () => {
    for (const text of ["Is it still there?", "50 für beide, 20 jetzt 30 später", "", "🙂"]) {
      expect(judge(text, at("inquiry"), defaultSettings)).toEqual({ action: "allow", reasons: [] });
      expect(isPlain(text, defaultSettings)).toBe(true);
    }
  });

  test("An e-mail address is refused while there is no deal, in the words of who wrote it, and allowed after.", () => {
    const text = "Write to Anna@Example.com.";
    expect(judge(text, at("inquiry"), defaultSettings)).toEqual({
      action: "block",
      reasons: [{ kind: "email", action: "block", words: ["Anna@Example.com"] }],
    });
    expect(judge(text, at("paid"), defaultSettings).action).toBe("allow");
    expect(isPlain(text, defaultSettings)).toBe(false);
  });

  test("What is written in letters that only look alike is found, and said to be disguised.", () => {
    const text = "юser@gm\u0430il.com";
    expect(judge(text, at("inquiry"), defaultSettings).reasons).toEqual([
      { kind: "email", action: "block", words: [text], isDisguised: true },
    ]);
  });

  test("Of what several phrases find in the same words, the sender is told once.", () => {
    const text = "I will mail you a cashier's cheque and my courier collects it";
    const [reason, ...others] = judge(text, at("inquiry"), defaultSettings).reasons;
    expect(others).toEqual([]);
    expect(reason?.words).toEqual(["mail you a cashier's cheque and my courier collects"]);
  });

  test("What honest people say, too, is warned of at worst.", () => {
    const text = "Please send a deposit by transfer, many people are interested";
    expect(defaultSettings.filters.scam.actions.inquiry).toBe("block");
    expect(judge(text, at("inquiry"), defaultSettings).action).toBe("warn");
  });

  test("A filter that is switched off finds nothing.", () => {
    const filters = {
      ...defaultSettings.filters,
      email: { ...defaultSettings.filters.email, isOn: false },
    };
    const settings = { ...defaultSettings, filters };
    expect(judge("anna@example.com", at("inquiry"), settings).action).toBe("allow");
    expect(isPlain("hello", settings)).toBe(true);
  });

  test("What is known of the sender counts with any words.", () => {
    expect(judge("hello", { ...alone, earlier: [], bulkChats: 7 }, defaultSettings)).toEqual({
      action: "flag",
      reasons: [{ kind: "bulk", action: "flag", words: [], chats: 7 }],
    });
  });
});

describe("Admins' own rules", () => {
  const rule = (over: Partial<Rule>): Rule => ({
    id: "a",
    version: 3,
    kind: "word",
    pattern: "ivory\nÉlfenbein",
    action: "warn",
    stages: ["inquiry", "paid"],
    message: "We do not trade in ivory.",
    ...over,
  });
  const withRules = (one: Rule) => ({ ...defaultSettings, rules: [one] });
  const judged = (text: string, over: Partial<Rule> = {}) =>
    judge(text, at("inquiry"), withRules(rule(over))).reasons;

  test("A word is found whole, in any case and with or without accents, and the sender gets its message.", () => {
    const found = { id: "a", version: 3, message: "We do not trade in ivory." };
    expect(judged("Real IVORY, and elfenbein")).toEqual([
      { kind: "rule", action: "warn", words: ["IVORY", "elfenbein"], rule: found },
    ]);
    expect(judged("ivorylike")).toEqual([]);
  });

  test("A phrase is found whatever stands between its words.", () => {
    const phrase = { kind: "phrase", pattern: "first copy" } as const;
    expect(judged("It is a First-Copy!", phrase)[0]?.words).toEqual(["First-Copy"]);
    expect(judged("first a copy", phrase)).toEqual([]);
  });

  test("A pattern is found in the text as it was written; one that is broken finds nothing.", () => {
    expect(judged("code AB-12", { kind: "pattern", pattern: "ab-\\d+" })[0]?.words).toEqual([
      "AB-12",
    ]);
    expect(judged("code (", { kind: "pattern", pattern: "(" })).toEqual([]);
  });

  test("The strongest action wins, and every reason is kept.", () => {
    const verdict = judge("ivory: a@example.com", at("inquiry"), withRules(rule({})));
    expect(verdict.action).toBe("block");
    expect(verdict.reasons.map(({ kind }) => kind)).toEqual(["email", "rule"]);
  });

  test("A rule is for its stages alone, and a message that one finds at any stage is not plain.", () => {
    const settings = withRules(rule({ stages: ["paid"] }));
    expect(judge("ivory", at("inquiry"), settings).action).toBe("allow");
    expect(judge("ivory", at("paid"), settings).action).toBe("warn");
    expect(isPlain("ivory", settings)).toBe(false);
  });
});
