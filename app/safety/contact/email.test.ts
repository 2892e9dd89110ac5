import { describe, expect, test } from "vitest";
import { judge } from "../judge";
import { defaultSettings } from "../settings";

const found = (text: string, ...earlier: string[]) =>
  judge(
    text,
    { stage: "inquiry", earlier: earlier.map((body, i) => ({ seq: i + 1, body })) },
    defaultSettings,
  ).reasons.find(({ kind }) => kind === "email");

describe("E-mail addresses", () => {
  test.each([
    ["anna.schmidt+x@mail.example.com", "anna.schmidt+x@mail.example.com"],
    ["write to anna@example.org, please", "anna@example.org"],
    ["Mail: Anna_92@GMX.de.", "Anna_92@GMX.de"],
    ["<jo@example.co.uk>", "jo@example.co.uk"],
    ["a-b@my-shop.fr?", "a-b@my-shop.fr"],
  ])("%s is one.", (text, words) => {
    expect(found(text)).toEqual({ kind: "email", action: "block", words: [words] });
  });

  test.each([
    "anna (at) mail punkt de",
    "anna[at]example[dot]com",
    "anna at gmail dot com",
    "anna ät web punkt de",
    "anna.schmidt at gmx.de",
    "anna arroba gmail punto com",
    "anna arobase laposte point net",
    "a n n a @ m a i l . d e",
    "a n n a at m a i l dot d e",
    "anna-at-mail-dot-de",
    "anna @ mail . de",
    "anna@mail,de",
    "anna@mail(.)de",
    "anna {at} example {dot} org",
    "annaATgmailDOTcom",
    "anna92 at gmail",
    "anna@gmail",
    "anna schmidt gmail com",
    "anna92 gmail.com",
    "юser@gm\u0430il.com",
    "anna＠example．com",
    "a\u200bnna@exa\u200bmple.com",
    "anna dot schmidt at example dot com",
    "anna AT mail DOT de",
    "anna_at_example_dot_com",
    "anna(@)example.com",
    "a-n-n-a-@-m-a-i-l-.-d-e",
    "anna@maiI.d\u0435",
  ])("%s is one in disguise.", (text) => {
    expect(found(text)).toMatchObject({ kind: "email", isDisguised: true });
  });

  test.each([
    [["anna", "@mail", ".de"]],
    [["schreib an anna", "at gmail", "punkt com"]],
    [["anna@", "example.com"]],
    [["anna (at)", "example", "(dot) com"]],
    [["anna.schmidt@gm", "ail.com"]],
  ])("%j are one together.", (bodies) => {
    expect(found(bodies.at(-1) as string, ...bodies.slice(0, -1))).toMatchObject({
      kind: "email",
      isDisguised: true,
    });
  });

  test.each([
    "I live at dot street",
    "look at this dot in the corner",
    "look at the point in question",
    "at some point in time it is",
    "2 Stück @ 3.50 each",
    "see you at 5. it is fine",
    "I am at home. de nada",
    "Hi @Anna, danke",
    "we meet at the station. Is it ok?",
    "look at it. so nice",
    "the pick-up point is at the station",
    "auf den Punkt genau. at last",
    "el punto de encuentro a las 5",
    "meet at point de vue",
    "I'm at work, mail me",
    "un point com ça",
  ])("%s is none.", (text) => {
    expect(found(text)).toBeUndefined();
  });
});
