import { describe, expect, test } from "vitest";
import { judge } from "../judge";
import { defaultSettings } from "../settings";

const found = (text: string, ...earlier: string[]) =>
  judge(
    text,
    { stage: "inquiry", earlier: earlier.map((body, i) => ({ seq: i + 1, body })) },
    defaultSettings,
  ).reasons.find(({ kind }) => kind === "phone");

describe("Telephone numbers", () => {
  test.each([
    ["0171 3920012", "0171 3920012"],
    ["+49 171 3920012", "+49 171 3920012"],
    ["+49 (0)171 3920012", "+49 (0)171 3920012"],
    ["Call me: 07700 900123", "07700 900123"],
    ["07700 900123", "07700 900123"],
    ["020 7946 0958", "020 7946 0958"],
    ["(415) 555-0132", "415) 555-0132"],
    ["415-555-0132 anytime", "415-555-0132"],
    ["06 39 98 15 34", "06 39 98 15 34"],
    ["06.39.98.12.34", "06.39.98.12.34"],
    ["mon numéro 0639981234", "0639981234"],
    ["llámame al 612 345 679", "612 345 679"],
    ["612 34 56 78", "612 34 56 78"],
    ["0049 171 3920012", "0049 171 3920012"],
    ["0171/3920012", "0171/3920012"],
    ["Tel.: 030/23125-148", "030/23125-148"],
    ["ruf an 030 23125148", "030 23125148"],
    ["whatsapp +33 6 39 98 12 34", "+33 6 39 98 12 34"],
  ])("%s is one.", (text, words) => {
    expect(found(text)).toEqual({ kind: "phone", action: "warn", words: [words] });
  });

  test.each([
    "Null Eins Sieben Eins, dann drei neun zwei null null eins zwei",
    "o171 / 39 20 012",
    "0l7l 3920012",
    "whats app me: 0 1 7 1 3 9 2 0 0 1 2",
    "0-1-7-1-3-9-2-0-0-1-2",
    "０１７１ ３９２００１２",
    "0\u200b171 39\u200b20012",
    "zero seven seven double zero nine double zero one two three",
    "oh seven seven 0 0 9 double oh one two three",
    "0171_3920_012",
    "0171*39*20*012",
    "nulleinssiebeneins dreineunzweinullnulleinszwei",
    "plus vier neun eins sieben eins drei neun zwei null null eins zwei",
    "1️⃣5️⃣ 0️⃣1️⃣7️⃣1️⃣ 3️⃣9️⃣2️⃣0️⃣0️⃣1️⃣2️⃣",
  ])("%s is one in disguise.", (text) => {
    expect(found(text)).toMatchObject({ kind: "phone", isDisguised: true });
  });

  test.each([
    [["0171", "392", "0012"]],
    [["meine nummer ist 0171", "39200", "12"]],
    [["01", "71", "39", "20", "01", "2"]],
    [["null eins sieben eins", "drei neun zwei", "null null eins zwei"]],
    [["+49", "171", "3920012"]],
    [["612", "345 678"]],
  ])("%j are one together.", (bodies) => {
    expect(found(bodies.at(-1) as string, ...bodies.slice(0, -1))).toMatchObject({
      kind: "phone",
      isDisguised: true,
      earlier: bodies.slice(0, -1).map((_, i) => i + 1),
    });
  });

  test.each([
    "50 für beide, 20 jetzt 30 später",
    "Größe 42/44, 178 cm",
    "31.12.2024 um 18:30",
    "order 4711-0815-12",
    "75011 Paris",
    "ISBN 978-3-16-148410-0",
    "Model SM-G998B",
    "2 x 3.50",
    "1.000.000",
    "IKEA 403.818.12",
    "01.02.2025 09:00-11:00",
    "am 03.05. 10-12 Uhr oder 04.05. 14-16",
    "EAN 4006381333931",
    "4006381333931",
    "Sendungsnummer 00340434161094042557",
    "Tracking: 01505012345678",
    "36 37 38 39 40 41 42",
    "1 2 3 4 5 6 7 8 9 10",
    "40 € statt 60 €, VB 45",
    "1999, 2004, 2011 und 2020",
    "120 x 60 x 75 cm",
    "612.345.678",
    "80241 km, 1.9 TDI, 2004, 105 PS",
    "IMEI 356938035643809",
    "seriennummer 0171234567",
    "12345678",
    "10.30 h - 12.30 h",
    "Hausnummer 12, 10115 Berlin",
    "SW1A 1AA, 221B Baker Street",
    "28013 Madrid, Calle 5, 3º",
    "one or two, maybe three",
    "100/120/140/160",
    "1920x1080, 2560x1440",
    "v1.2.3.4567",
    "Teilenummer 0 986 424 797",
    "24-105mm f4, 70-200",
    "2024-12-31 18:30",
    "LEGO 75192 für 650, 10256 für 400",
  ])("%s is none.", (text) => {
    expect(found(text)).toBeUndefined();
  });
});
