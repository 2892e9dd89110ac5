import type { Prepared, Token } from "../prepare";

/** Words, folded, by which somebody announces what comes next; a star stands for any ending. */
function lexicon(words: string): (word: string) => boolean {
  const whole = new Set<string>();
  const beginnings: string[] = [];
  for (const word of words.trim().split(/\s+/)) {
    if (word.endsWith("*")) beginnings.push(word.slice(0, -1));
    else whole.add(word);
  }
  const known = new Map<string, boolean>();
  return (word) => {
    let is = known.get(word);
    if (is === undefined) {
      is = whole.has(word) || beginnings.some((beginning) => word.startsWith(beginning));
      if (known.size < 5_000) known.set(word, is);
    }
    return is;
  };
}

const announcesPhone = lexicon(`
  tel telefon* telefono* telephone* phone* fon fone handy* mobil mobile mobilnummer mobilfunk* movil*
  cell cellphone portable whatsapp* whatsap whats wa watsapp wapp wassap sms imessage call calls
  calling ring anruf* ruf rufe rufen rufst llama llamame llamar llamas llamada appelle appelez appeler
  appel joindre joignable erreichbar erreichst erreichen festnetz viber signal telegram durchklingeln
  klingel klingeln dial texte texto rappelle contactame marca marcame`);

const announcesNumber = lexicon("nummer number numero num nr text contact kontakt contacto reach");

const announcesOther = lexicon(`
  order orders bestell* auftrag* rechnung* invoice* artikel* article articulo item items produkt*
  product* producto produit model modell* modelo modele serien* serial serie sn ean isbn gtin upc asin
  imei ref referenz* reference referencia tracking track sendung* sendungs* paket* parcel package
  suivi seguimiento colis envio pedido commande factura facture kunden* customer cliente client ticket
  vin fahrgestell* fin part parts teil teile* ersatzteil* oem hsn tsn lot charge code codigo id anzeige*
  annonce anuncio listing version firmware pin plz zip konto* kontonummer account blz iban bic dhl dpd
  ups hermes gls fedex usps correos colissimo chronopost mondial seur typ type baujahr lego set
  referenznummer barcode strichcode vorgang* vorgangs* case zaehler* licence license lizenz* key
  transaction transaktion* vat ust siret siren nif steuer* inventar* katalog* catalog* sku mpn mhd`);

const announcesCard = lexicon(`
  card cards karte karten* kreditkarte* tarjeta carte visa mastercard maestro amex debit credit debito
  credito`);

export type Announced = { phone: boolean; number: boolean; other: boolean; card: boolean };

/** Words are looked at so far before a number, and not beyond the sentence. */
const wordsBefore = 4;
const wordsAfter = 3;
const endsSentence = /[.!?]/;

/** The first token that begins at a place or after it. */
export function tokenAt(tokens: readonly Token[], place: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as Token).from < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the words around a number say that it is; the nearest before it decides between two. */
export function announced({ tokens }: Prepared, from: number, to: number): Announced {
  const is: Announced = { phone: false, number: false, other: false, card: false };
  let words = 0;
  for (let at = tokenAt(tokens, from) - 1; at >= 0 && words < wordsBefore; at--) {
    const { sort, text } = tokens[at] as Token;
    const isAbbreviation = tokens[at - 1]?.sort === "word" && words === 0;
    if (sort === "sign" && endsSentence.test(text) && !isAbbreviation) break;
    if (sort === "space" && text.includes("\n") && words > 0) break;
    if (sort !== "word") continue;
    words++;
    if (!is.other && announcesPhone(text)) is.phone = true;
    if (!is.other && announcesNumber(text)) is.number = true;
    if (!is.phone && announcesOther(text)) is.other = true;
    if (announcesCard(text)) is.card = true;
  }
  if (is.phone || is.other) return is;
  words = 0;
  for (let at = tokenAt(tokens, to); at < tokens.length && words < wordsAfter; at++) {
    const { sort, text } = tokens[at] as Token;
    if (sort === "sign" && endsSentence.test(text)) break;
    if (sort !== "word") continue;
    words++;
    if (announcesPhone(text)) is.phone = true;
  }
  return is;
}
