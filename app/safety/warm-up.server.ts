import { judge } from "./judge";
import type { Settings } from "./settings";

/** What people write about a deal, with what filters look at twice: numbers, names, places, signs. */
const lines = [
  "Hi, is the bicycle still available? I could come by on Saturday between 2 and 4 pm.",
  "Would you take 45 € for it? The new one costs 79.90 at the shop, with shipping it is 86.",
  "The measurements are 120 x 60 x 75 cm; it weighs about 14 kg, the order number was 2023-004711.",
  "I paid in the app yesterday, does it say so on your side? Let me know when you have posted it 😊",
  "It's in very good condition, only a small scratch on the left, see the third picture.",
  "Can you send me a photo of the back? My e-mail doesn't work, so here in the chat please.",
  "Guten Tag, ist der Schrank noch da? Ich würde ihn am 12.5. gegen 18:30 Uhr abholen.",
  "Wäre 60 Euro für Sie in Ordnung? Versand übernehme ich natürlich, das Paket kostet 6,99 €.",
  "Die Maße sind 80 x 200 cm, Größe 38 passt, Artikelnummer 4006381333931, gekauft 2019.",
  "Schönen Dank! Die Sendungsnummer schicke ich, sobald ich bei der Post war, spätestens übermorgen.",
  "Leider schon reserviert, aber falls der Käufer abspringt, melde ich mich gleich bei dir.",
  "Bonjour, la lampe est-elle toujours disponible ? Je peux passer samedi après 15 h.",
  "Vous accepteriez 35 € ? Elle a été achetée en 2021, l'étiquette d'origine est encore là.",
  "Le colis part demain matin, je vous donne le numéro de suivi dès que je l'ai reçu.",
  "Très bon état, une petite rayure à l'arrière ; dimensions : 45 × 30 × 20 cm, environ 3,5 kg.",
  "Merci beaucoup, tout est parfait. J'habite près de la gare, 75011, au deuxième étage.",
  "Hola, ¿sigue disponible la mesa? Podría recogerla el jueves a partir de las 19:00.",
  "¿Me la dejas en 50 €? El envío lo pago yo, son 5,95 € y tarda tres días.",
  "Está como nuevo, solo se ha usado dos veces; talla M, color azul, comprado en enero de 2022.",
  "Perfecto, mañana lo mando y te paso el número de seguimiento en cuanto lo tenga. ¡Gracias!",
  "My brother comes along to carry it – he has a van. Do you have the manual & the two keys, too?",
  "Kannst du mir den Code für die Haustür geben? Ich stehe dann um zehn vor eins unten.",
  "My number is +44 20 7946 0018 or oh two oh, seven nine four six, zero zero one eight; call me please.",
  "Write to anna.example@example.com or anna (at) example dot org, the page is https://www.example.com/lamp",
  "Meine IBAN ist DE89 3704 0044 0532 0130 00, die Nummer 030 23125 018, null drei null zwei drei eins.",
  "Mon insta : anna_example, ou WhatsApp ; je paie par carte 4111 1111 1111 1111, 01 99 00 12 34.",
  "Te mando el dinero por bitcoin 1BoatSLRHtKNngkdXEeobR76b53LETtpyT, o escríbeme por t3legram @ana.92",
  "What the f*ck, that is a sc4m: W e s t e r n U n i o n, gift c@rds, and a courier with the cash!",
];

const longest = 4_000;

/** A long message, made of these from another one on each time. */
function textOf(place: number): string {
  let text = "";
  for (let at = place * 5; text.length < longest; at++) text += `${lines[at % lines.length]} `;
  return text.slice(0, longest);
}

/**
 * Judges some long messages, so that the first that somebody sends is not judged by code that never ran:
 * what is looked for is gathered then, and V8 makes fast what it has seen to run. Nothing comes of it, and
 * nothing is counted. 0.3 to 0.8 s of a processor (V8 compiles beside it: 0.2 s of the clock where a second
 * core is free), before the process answers anybody.
 */
export function warmUp(settings: Settings, messages = 30): void {
  for (let place = 0; place < messages; place++) {
    // As of a sender who wrote just before, so that what is split is looked for, too.
    const earlier = [{ seq: 1, body: "Please call me in the evening" }];
    judge(textOf(place), { stage: "inquiry", earlier }, settings);
  }
}
