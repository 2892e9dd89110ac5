import { describe, expect, test } from "vitest";
import { judge } from "../judge";
import { defaultSettings } from "../settings";

const isFound = (text: string) =>
  judge(text, { stage: "inquiry", earlier: [] }, defaultSettings).reasons.some(
    ({ kind }) => kind === "handle",
  );

describe("Invitations to go on in a messenger", () => {
  test.each([
    "Let's switch to WhatsApp",
    "can we move to Signal please?",
    "shall we continue on Viber",
    "Text me on wotsapp",
    "message me on wattsapp please",
    "hmu on ig",
    "drop me a line on tg",
    "write me on wa",
    "Don't hesitate to write to me on WhatsApp",
    "no problem, text me on Telegram",
    "text me on the green app",
    "can we talk on W.h.a.t.s.a.p.p?",
    "write to me on what's app",
    "Lass uns zu WhatsApp wechseln",
    "Können wir auf WhatsApp weiterschreiben?",
    "Lass uns lieber auf Signal schreiben",
    "Wechseln wir zu Telegram?",
    "Schreib mir über Viber",
    "Gehen wir auf WhatsApp rüber",
    "schreib mir auf wa",
    "kein Problem, schreib mir auf WhatsApp",
    "melde dich über die grüne App",
    "On passe sur WhatsApp ?",
    "Passons sur Signal",
    "On peut continuer sur Telegram ?",
    "N'hésitez pas à m'écrire sur WhatsApp",
    "basculons sur wathsapp",
    "écris-moi sur l'appli verte",
    "¿Pasamos a WhatsApp?",
    "Seguimos por Telegram",
    "Mejor hablamos por guatsap",
    "escríbeme por wasap",
    "no dudes en escribirme por WhatsApp",
    "háblame al wsp",
    "¿Hablamos por la app verde?",
  ])("%s is one.", (text) => {
    expect(isFound(text)).toBe(true);
  });

  test.each([
    "I sell WhatsApp stickers for the bullet journal",
    "The phone is sold with WhatsApp installed",
    "Das Handy läuft mit WhatsApp und Telegram",
    "Le téléphone marche avec WhatsApp",
    "El móvil funciona con WhatsApp",
    "I would rather stay here than on WhatsApp",
    "Ich schreibe lieber hier als auf WhatsApp",
    "Ich schreibe nicht auf WhatsApp",
    "Auf WhatsApp schreiben geht bei mir nicht",
    "Prefiero hablar aquí, no por WhatsApp",
    "Je préfère rester ici, pas sur WhatsApp",
    "use it with DC 12 V",
    "switch to DC power",
    "The green apple peeler, does the app show it?",
    "a signal lamp for the bike",
    "Bus line 4 goes there",
  ])("%s is none.", (text) => {
    expect(isFound(text)).toBe(false);
  });
});
