import { perText } from "../per-text";
import type { Prepared } from "../prepare";
import { sorts, type Tokens } from "../tokens";
import { wordSet } from "../words/word-set";

/** Words by which somebody announces what comes next. */
const announcesPhone = wordSet(`
  tel telefon* telefono* telephone* phone* fon fone handy* mobil mobile mobilnummer mobilfunk* movil*
  cell cellphone portable whatsapp* whatsap whats wa watsapp wapp wassap sms imessage call calls
  calling ring anruf* ruf rufe rufen rufst llama llamame llamar llamas llamada appelle appelez appeler
  appel joindre joignable erreichbar erreichst erreichen festnetz viber signal telegram durchklingeln
  klingel klingeln dial texte texto rappelle contactame marca marcame`);

const announcesNumber = wordSet("nummer number numero num nr text contact kontakt contacto reach");

const announcesOther = wordSet(`
  order orders bestell* auftrag* rechnung* invoice* artikel* article articulo item items produkt*
  product* producto produit model modell* modelo modele serien* serial serie sn ean isbn gtin upc asin
  imei ref referenz* reference referencia tracking track sendung* sendungs* paket* parcel package
  suivi seguimiento colis envio pedido commande factura facture kunden* customer cliente client ticket
  vin fahrgestell* fin part parts teil teile* ersatzteil* oem hsn tsn lot charge code codigo id anzeige*
  annonce anuncio listing version firmware pin plz zip konto* kontonummer account blz iban bic dhl dpd
  ups hermes gls fedex usps correos colissimo chronopost mondial seur typ type baujahr lego set
  referenznummer barcode strichcode vorgang* vorgangs* case zaehler* licence license lizenz* key
  transaction transaktion* vat ust siret siren nif steuer* inventar* katalog* catalog* sku mpn mhd`);

const announcesCard = wordSet(`
  card cards karte karten* kreditkarte* tarjeta carte visa mastercard maestro amex debit credit debito
  credito`);

export type Announced = Readonly<{
  phone: boolean;
  number: boolean;
  other: boolean;
  card: boolean;
}>;

/** Words are looked at so far before a number, and not beyond the sentence. */
const wordsBefore = 4;
const wordsAfter = 3;
/** And no further than so many tokens, whatever stands there instead of words. */
const mostTokens = 60;

/** The words before a place say the same of all numbers that begin there. */
const latestOf = perText(
  () => ({ from: -1, is: nothing }),
  (latest) => {
    latest.from = -1;
  },
);
const nothing: Announced = { phone: false, number: false, other: false, card: false };

function announcedBefore(prepared: Prepared, from: number): Announced {
  const latest = latestOf(prepared);
  if (latest.from !== from) {
    latest.from = from;
    latest.is = readBefore(prepared.tokens, prepared.tokens.at(from));
  }
  return latest.is;
}

function readBefore(tokens: Tokens, first: number): Announced {
  const is = { phone: false, number: false, other: false, card: false };
  let words = 0;
  const earliest = Math.max(0, first - mostTokens);
  for (let at = first - 1; at >= earliest && words < wordsBefore; at--) {
    const isAbbreviation = tokens.sort(at - 1) === sorts.word && words === 0;
    if (endsSentence(tokens, at) && !isAbbreviation) break;
    if (words > 0 && tokens.isBreak(at)) break;
    if (tokens.sort(at) !== sorts.word) continue;
    const word = tokens.word(at);
    words++;
    if (!is.other && announcesPhone.has(word)) is.phone = true;
    if (!is.other && announcesNumber.has(word)) is.number = true;
    if (!is.phone && announcesOther.has(word)) is.other = true;
    if (announcesCard.has(word)) is.card = true;
  }
  return is;
}

function isPhoneAfter(tokens: Tokens, next: number): boolean {
  let words = 0;
  const last = Math.min(tokens.count, next + mostTokens);
  for (let at = next; at < last && words < wordsAfter && !endsSentence(tokens, at); at++) {
    if (tokens.sort(at) !== sorts.word) continue;
    words++;
    if (announcesPhone.has(tokens.word(at))) return true;
  }
  return false;
}

/** What the words around a number say that it is; the nearest before it decides between two. */
export function announced(prepared: Prepared, from: number, to: number): Announced {
  const is = announcedBefore(prepared, from);
  if (is.phone || is.other) return is;
  const { tokens } = prepared;
  return isPhoneAfter(tokens, tokens.at(to)) ? { ...is, phone: true } : is;
}

const [dot, exclamation, question] = [".", "!", "?"].map((sign) => sign.charCodeAt(0));

function endsSentence(tokens: Tokens, at: number): boolean {
  const code = tokens.code(at);
  return code === dot || code === exclamation || code === question;
}
