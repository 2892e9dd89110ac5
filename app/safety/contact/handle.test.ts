import { describe, expect, test } from "vitest";
import { judge } from "../judge";
import { defaultSettings } from "../settings";

const found = (text: string, ...earlier: string[]) =>
  judge(
    text,
    { stage: "inquiry", earlier: earlier.map((body, i) => ({ seq: i + 1, body })) },
    defaultSettings,
  ).reasons.find(({ kind }) => kind === "handle");

describe("Names in messengers", () => {
  test.each([
    ["insta: anna_29", "insta: anna_29"],
    ["my Instagram is annaschmidt", "Instagram is annaschmidt"],
    ["Telegram @anna_s", "Telegram @anna_s"],
    ["t.me/anna", "t.me/anna"],
    ["discord anna#1234", "discord anna#1234"],
    ["Skype: live.anna", "Skype: live.anna"],
    ["add me on snapchat annaschmidt", "snapchat annaschmidt"],
    ["mein Insta heißt anna.schmidt", "Insta heißt anna.schmidt"],
    ["mi telegram es annita", "telegram es annita"],
    ["mon snapchat c'est annouchka", "snapchat c'est annouchka"],
    ["wechat id: wx_anna", "wechat id: wx_anna"],
    ["signal: @anna.42", "signal: @anna.42"],
    ["anna_92 on insta", "anna_92 on insta"],
    ["folge mir auf insta annaschmidt", "insta annaschmidt"],
    ["@anna_92", "@anna_92"],
    ["line id: anna77", "line id: anna77"],
    ["WhatsApp me", "WhatsApp"],
    ["schreib mir bitte auf WhatsApp", "WhatsApp"],
    ["hablamos por telegram?", "telegram"],
    ["do you have WhatsApp?", "WhatsApp"],
    ["snap: annaschmidt", "snap: annaschmidt"],
    ["facebook.com/anna.schmidt.9", "facebook.com/anna.schmidt.9"],
  ])("%s is one.", (text, words) => {
    expect(found(text)).toEqual({ kind: "handle", action: "warn", words: [words] });
  });

  test.each([
    "1nsta: anna_92",
    "i n s t a : anna_92",
    "t3l3gr4m @anna_s",
    "wh@tsapp: anna_92",
    "t dot me slash anna",
    "insta: anna underscore 92",
    "mein Insta: anna unterstrich s",
    "schreib mir auf wh4tsapp",
    "add me on $napchat annaschmidt",
    "instagrm: anna_92",
    "i.n.s.t.a: anna_92",
    "\u0456nstagram: anna_92",
    "tele gram: @anna_s".replace("tele", "t\u0435le"),
  ])("%s is one in disguise.", (text) => {
    expect(found(text)).toMatchObject({ kind: "handle", isDisguised: true });
  });

  test.each([
    [["mein insta ist", "annaschmidt"]],
    [["telegram", "@anna_s"]],
    [["insta:", "anna_29"]],
  ])("%j are one together.", (bodies) => {
    expect(found(bodies.at(-1) as string, ...bodies.slice(0, -1))).toBeDefined();
  });

  test.each([
    "WhatsApp geht bei mir nicht",
    "Ist das Handy für WhatsApp gut?",
    "Instagram ist super",
    "Skype: geht leider nicht",
    "insta: ja",
    "Insta360 camera",
    "kein Signal mehr",
    "signal is weak",
    "line 3 is late",
    "Facebook Marketplace",
    "saw it on facebook for 50",
    "WhatsApp auf dem iPhone13 läuft",
    "2 @ 50",
    "Hi @Anna, danke",
    "the messenger bag is new",
    "Snap ring 20mm",
    "I have no telegram",
    "please don't contact me on WhatsApp",
    "I saw you on Facebook",
    "Discord headset, wie neu",
  ])("%s is none.", (text) => {
    expect(found(text)).toBeUndefined();
  });
});
