import { describe, expect, test } from "vitest";
import { abuseIn, findAbuse } from "~test/abuse";
import type { FilterKind } from "../filters";
import { Prepared } from "../prepare";
import { abuse } from "./abuse";
import { groups } from "./lists/groups";

/** Of our own, in the four languages; the labelled set holds others. */
const toFind: Partial<Record<FilterKind, string[]>> = {
  profanity: [
    "What a bunch of bullshit",
    "Du Arschloch",
    "So eine Scheiße, du Wichser!",
    "Halt die Fresse",
    "espèce de con",
    "Va te faire foutre",
    "Quel connard",
    "Vete a la mierda, gilipollas",
    "hijo de la gran puta",
  ],
  slur: ["fucking faggot", "Drecksjude", "verdammte Ausländer"],
  threat: [
    "I'm going to break your legs",
    "We'll burn your house down",
    "Ich bring dich um!",
    "Ich schlage dir die Zähne ein",
    "Ich weiß, wo deine Kinder zur Schule gehen",
    "Je vais te casser la gueule",
    "Je sais où tu habites",
    "Te voy a matar",
    "Voy a quemar tu casa",
  ],
  scam: [
    "My courier will come to collect it and hand you the cash in an envelope",
    "Der Kurier holt die Ware ab und übergibt Ihnen das Geld im Umschlag",
    "Le coursier vous remettra l'argent",
    "El mensajero te entregará el dinero en un sobre",
    "You only have to prepay the insurance fee, it is refunded with the sale",
    "Kannst du mir mit Google Play Karten bezahlen und die Codes schicken?",
    "Send me the SMS code that you just received",
    "Envoyez-moi le code de vérification",
    "Pásame el código que te llegó por SMS",
    "Please pay as friends and family by PayPal",
    "My cousin abroad will pay by transfer",
    "I sent you too much by accident, please send me back the difference",
    "I will mail you a cashier's check",
    "Your item is sold! Click the link to confirm and receive the payment",
    "Let's pay outside the platform to save the fees",
    "Guaranteed profit: invest in bitcoin with me",
    "Work from home and earn 300 a day, write to me on Telegram",
    "We use my own escrow service",
    "Nur Western Union",
  ],
};

describe.each(Object.entries(toFind))("%s", (kind, texts) => {
  test.each(texts)("%s", (text) => {
    expect(abuseIn(text)).toContain(kind);
  });
});

test.each([
  "I live in Scunthorpe, near Penistone, can you ship there?",
  "The complete works of Charles Dickens; also the Dickinson edition",
  "Der Assistent ist noch verpackt, der Kanal-Rekorder ist klassisch",
  "Wir treffen uns an der Fickmühle, Herr Ficker bringt es mit",
  "La coque du téléphone est en bon état, la bite d'amarrage aussi",
  "Con mucho gusto, el móvil negro es mejor que el blanco",
  "Classic Cocker Spaniel cushion, cockpit cover, Essex, Shiitake",
  "I'd kill for this lamp! That is a bomb price",
  "Das haut mich um, killer Angebot, der Preis bringt mich um",
  "Ich bringe sie um 18 Uhr vorbei, oder ich bringe dich um 8 zum Bahnhof",
  "It won't kill you to add 5 euros, and you won't regret it",
  "Ich schlage dir 40 Euro vor",
  "Une tapette à souris, le camion est en retard, ça tue",
  "Te voy a buscar a la estación, me muero de ganas",
  "Haben Sie noch einen Sack Zement, eine Pute oder eine Kuh aus Holz?",
  "Samsung A55, S3X filter, 5h17, 20*30*40, l*b*h",
  "I don't accept friends and family, and please no Western Union",
  "Is the Amazon gift card still available? I would pay 40",
  "Do I pay you now, or when the DHL courier collects it on Monday?",
  "Text me the door code, I will send you the tracking code",
  "My brother will collect it tomorrow and pay cash",
  "If I collect it directly we save the shipping fee",
  "Je peux payer par chèque de banque pour la voiture ?",
  "Versicherter Versand kostet 6,99, Zahlung vorab bitte",
  "Yes, it is still available, you can collect it tomorrow evening",
])("%s is nothing", (text) => {
  expect(findAbuse(text)).toEqual([]);
});

test.each([
  ["fuuuuck", "profanity"],
  ["sh1t", "profanity"],
  ["f*ck off", "profanity"],
  ["F U C K this", "profanity"],
  ["a.r.s.c.h.l.o.c.h", "profanity"],
  ["𝐰𝐢𝐱𝐬𝐞𝐫 wіchser", "profanity"],
  ["I will k1ll y0u", "threat"],
  ["pay with g1ft c@rds", "scam"],
  ["pay by W e s t e r n U n i o n", "scam"],
])("%s is found, however it is written, at normal strength", (text, kind) => {
  expect(abuseIn(text)).toContain(kind);
});

test("what is hidden is said to be, in the sender's own words, and is nothing at low strength", () => {
  const [found] = findAbuse("This is bull$h1t, sorry");
  expect(found).toEqual({ kind: "profanity", words: "bull$h1t", isDisguised: true });
  expect(findAbuse("This is bull$h1t, sorry", "low")).toEqual([]);
});

test.each([
  ["Leck mich am Arsch", "low", "profanity"],
  ["Du bist ein Idiot", "normal", "profanity"],
  ["So ein Mist", "high", "profanity"],
  ["Western Union", "normal", "scam"],
  ["Do you take bitcoin? I would pay in bitcoin", "high", "scam"],
  ["You will pay for this", "high", "threat"],
] as const)("%s counts from %s strength on", (text, from, kind) => {
  const all = ["low", "normal", "high"] as const;
  for (const [at, strength] of all.entries()) {
    expect(abuseIn(text, strength).includes(kind)).toBe(at >= all.indexOf(from));
  }
});

test("what is found in a text does not depend on what was looked at before it", () => {
  const texts = [
    "Du Arschloch",
    "I will kill you, f*ck",
    "Pay by Western Union",
    "A chair, 40 euros",
  ];
  const alone = texts.map((text) => findAbuse(text));
  const again = [...texts, ...texts.toReversed()].map((text) => findAbuse(text));
  expect(again).toEqual([...alone, ...alone.toReversed()]);
});

/** All words that anybody looks for, and the beginnings of all. */
const said = Object.values(groups).join(" ").replaceAll(/[*,]/g, "");

test.each([
  ["all that is looked for", said],
  ["numbers in words", "a1"],
  ["letters drawn out", "aaa "],
  ["hidden letters", "**** f**k%% "],
  ["a scam and what excuses it", "ich courier collects hands you the cash platform "],
])("a text full of %s takes no longer than others", (_, part) => {
  const text = part.repeat(10_000 / part.length + 1).slice(0, 10_000);
  const surroundings = { allowedDomains: [], phoneCountries: [], isJoined: false, most: 20 };
  const prepared = new Prepared();
  const took = [1, 2, 3, 4, 5].map((time) => {
    // Another text each time: what was read last is not read again.
    prepared.read(text + " ".repeat(time));
    const start = performance.now();
    for (const { find } of abuse) find(prepared, { ...surroundings, strength: "high" });
    return performance.now() - start;
  });
  // About 2 ms; the rest is for slow machines, as in hostile.test.ts.
  expect(Math.min(...took)).toBeLessThan(50);
});

test("what is contracted is not hidden", () => {
  const [found] = findAbuse("You're gonna die");
  expect(found).toEqual({ kind: "threat", words: "You're gonna die", isDisguised: false });
});
