import { fillers, readRuns } from "./contact/digits";
import { commonTopLevels } from "./contact/domain";
import { quantitiesIn } from "./contact/quantities";
import type { Prepared } from "./prepare";

/** Parts of addresses that are seldom anything else; folded. */
const partsOfAddresses = new Set(
  `gmail googlemail gmx hotmail outlook yahoo icloud protonmail com www http https net org arroba arobase
  klammeraffe insta instagram telegram snapchat discord wechat viber skype paypal`.split(/\s+/),
);

/** What people say in one word; any other word alone may be somebody's name elsewhere. */
export const oneWord: ReadonlySet<string> = new Set(
  `ok okay oki okey ja nein yes no yep yeah nope nah hi hey hello hallo hola bonjour salut moin servus
  guten tag danke dankeschon thanks thank thx ty merci gracias super top perfekt perfect parfait perfecto
  prima gut gute good bon bien bueno vale genial great nice cool toll klasse schon schade sorry pardon
  perdon entschuldigung bitte please porfavor gern gerne sure claro seguro natturlich naturlich natuerlich
  oui non si sicher genau exactly exacto exactement deal done gekauft verkauft sold vendu vendido
  verfugbar available disponible reserviert reserved abgemacht einverstanden agreed accord acuerdo
  vielleicht maybe peutetre quizas spater later tarde heute morgen today tomorrow hoy manana demain
  aujourdhui tschuss ciao bye adios haha hahaha lol wow oh ah hm hmm mhm warum why porque pourquoi wann
  when cuando quand wo where donde was what que quoi wie how como comment wer who bezahlt paid angekommen
  arrived llegado recibido recu verschickt sent enviado envoye montag dienstag mittwoch donnerstag freitag
  samstag sonntag monday tuesday wednesday thursday friday saturday sunday lunes martes miercoles jueves
  viernes sabado domingo lundi mardi mercredi jeudi vendredi samedi dimanche wunderbar gracious absolutely
  definitely correct richtig stimmt verstanden understood entendido compris interessiert interested
  hello? moment momento`.split(/\s+/),
);

/** Digits that are no price, date or the like: so many are no part of a number any more than a word is. */
const fewDigits = 4;
const fewNumberWords = 2;
const fewWords = 2;
const wordsOfBeginning = 3;

/** Letters and digits in one piece, which is longer than what things are called. */
const restOfWallet = /(?=[a-z]{0,30}\d)[a-z0-9]{18}/;

/** Whether a message could be the end of something that was begun in an earlier one. */
export function mayBePart(prepared: Prepared): boolean {
  const { text, tokens } = prepared;
  if (text.includes("@") || restOfWallet.test(text)) return true;
  let words = 0;
  let lastWord = "";
  let isName = false;
  for (const [at, token] of tokens.entries()) {
    if (token.sort === "word" && !fillers.has(token.text)) {
      words++;
      lastWord = token.text;
      if (words <= wordsOfBeginning && partsOfAddresses.has(token.text)) return true;
      const next = tokens[at + 1];
      if (next?.text === "_" || tokens[at - 1]?.text === "_") isName = true;
      if (next?.sort === "digits" && next.text.length > 1 && token.text.length > 2) isName = true;
    }
    // ".de": a full stop after nothing.
    if (token.text === "." && tokens[at + 1]?.sort === "word" && tokens[at - 1]?.sort !== "word")
      if (tokens[at - 1]?.text !== ".") return true;
  }
  if (isName && words <= fewWords) return true;
  // "punkt de", "com"
  if (words <= 2 && commonTopLevels.has(lastWord)) return true;
  // What goes on is at the beginning: any word but a filler ends a number.
  const [run] = readRuns(prepared);
  const start = run?.groups[0]?.from ?? text.length;
  const isFirst = tokens.every(
    ({ sort, to, text }) => to > start || sort !== "word" || fillers.has(text),
  );
  let digits = 0;
  let spelled = 0;
  if (run && isFirst) {
    const isQuantity = quantitiesIn(prepared, run, false);
    for (const [at, group] of run.groups.entries()) {
      if (group.isSpelled) {
        spelled++;
        words--;
      } else if (!isQuantity[at]) digits += group.digits.length;
    }
  }
  // "50?", "Versand?"
  if (/[?!]\s*$/.test(text) && digits < fewDigits && spelled === 0) return false;
  if (digits > fewDigits || spelled > fewNumberWords) return true;
  if (digits + spelled > 0) return words <= 1;
  const isOpen = !/[.?!,;:)]\s*$/.test(text);
  return words === 1 && isOpen && lastWord.length > 3 && !oneWord.has(lastWord);
}
