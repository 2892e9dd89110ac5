import { describe, expect, test } from "vitest";
import { judge } from "../judge";
import { defaultSettings } from "../settings";

const settings = { ...defaultSettings, allowedDomains: ["markt.example.com", "paypal.com"] };
const found = (text: string, ...earlier: string[]) =>
  judge(
    text,
    { stage: "inquiry", earlier: earlier.map((body, i) => ({ seq: i + 1, body })) },
    settings,
  ).reasons.find(({ kind }) => kind === "link");

describe("Links", () => {
  test.each([
    ["https://example.com/a?b=c#d", "https://example.com/a?b=c#d"],
    ["see http://example.org.", "http://example.org"],
    ["www.example.net", "www.example.net"],
    ["auf example.de steht es", "example.de"],
    ["paypal.me/anna", "paypal.me/anna"],
    ["t.me/anna", "t.me/anna"],
    ["https://192.0.2.7/login", "https://192.0.2.7/login"],
    ["mi tienda: example.es", "example.es"],
    ["bit.ly/3xYz", "bit.ly/3xYz"],
    ["mein-laden.at", "mein-laden.at"],
    ["https://paypal.com@example.org/x", "https://paypal.com@example.org/x"],
    ["paypal.com.example.org", "paypal.com.example.org"],
    ["(example.com/x)", "example.com/x"],
    ["https://markt.example.com/out?to=https://example.org", "https://example.org"],
  ])("%s is one.", (text, words) => {
    expect(found(text)).toEqual({ kind: "link", action: "block", words: [words] });
  });

  test.each([
    "meinladen punkt de",
    "meinladen (dot) com",
    "m e i n l a d e n . c o m",
    "hxxps://example.com",
    "example . com",
    "example .com",
    "www meinladen de",
    "www punkt meinladen punkt de",
    "example[.]com",
    "ex\u0430mple.com",
    "p\u0430ypal.com",
    "example dot com",
    "mitienda punto com",
    "ｅｘａｍｐｌｅ．ｃｏｍ",
    "exam\u00adple.com",
  ])("%s is one in disguise.", (text) => {
    expect(found(text)).toMatchObject({ kind: "link", isDisguised: true });
  });

  test("One over several messages is one.", () => {
    expect(found("punkt de", "meinladen")).toMatchObject({ kind: "link", earlier: [1] });
    expect(found(".com/angebot", "schau auf meinladen")).toMatchObject({ kind: "link" });
  });

  test.each([
    "https://markt.example.com/listings/7",
    "shop.markt.example.com",
    "www.paypal.com",
    "node.js book",
    "e.g. this, i.e. that, z.B. so, d.h. ja, u.a. nein",
    "danke.es geht so",
    "merci.de rien",
    "gut.so machen wir es",
    "Danke.Es ist gut",
    "foto.jpg und rechnung.pdf, readme.md",
    "I live at dot street",
    "2 x 3.50, 1.000.000",
    "Mo.-Fr. 9-17 Uhr, Sa.So geschlossen",
    "ASP.NET book",
    "ok.Is it still there?",
    "el punto de encuentro",
    "point de vente",
    "Der Punkt ist: zu teuer",
    "good point. it is fine",
    "it works great.is it new?",
    "Größe M.In rot?",
    "v1.2.3 und 3.5mm",
    "Fine... me too",
    "S.Oliver, Dr.Oetker, H.I.S",
    "and that's it.at last",
    "75.00.in bar",
    "l'article est neuf.il marche",
  ])("%s is none.", (text) => {
    expect(found(text)).toBeUndefined();
  });
});
