import { type WordSet, wordSet } from "../words/word-set";
import type { Atoms } from "./atom-columns";

/** What somebody asks for who wants to go on elsewhere; folded. */
const asking =
  wordSet(`write text message msg contact add talk chat continue move go switch send reach hit find ping dm speak call
  discuss connect join use schreib schreibe schreiben schreibst melde melden meld kontaktier kontaktiere
  kontaktieren weiter weiterschreiben weitermachen chatten erreichst erreichbar reden wechseln schick schicken
  addest add adde escribe escribeme escribir escribame hablamos hablar habla hablame contacta contactame
  contactar seguimos seguir pasame manda mandame mandar enviame agregame busca buscame ecris ecrivez ecrire
  contacte contactez contacter switching moving move shift swap change changing hop jump continuing messaging texting drop shoot
  reachable reached hmu pop contacting wechsle wechsel wechselst wechselt umsteigen umziehen gehen gehe geh switchen texten texte anschreiben anschreibst
  schreibt meldest meldet kontaktierst kontaktiert quatschen unterhalten antworte antworten antwort schreibste chatte chattest
  escribirme escribame escribanme escribes escribo escribimos escribamos escribas hablemos hablarme hablas hable sigamos seguirlo pasemos pasamos pasar pasarnos pasate
  pasarme cambiar cambiamos cambiemos mover movernos vamos vamonos contactarme contactas contactamos chatear chateamos charlamos charlar mandas mandarme
  contestame localizarme ecrivons ecrives ecrivent parlez parles parle contactes basculer basculons bascule basculez migrer aller allons
  rejoins rejoignez rejoindre repondez reponds echanger echangeons poursuivre poursuivons continuez continue passez passe passes parler parlons continuer continuons passer passons envoie envoyez joins joindre
  ajoute ajoutez discuter discutons schicke sende mando envio answer reply respond active aktiv actif activo lass lasst`);

/** What somebody says of the way to go right before he names it: "easier on …". */
const easier = wordSet(
  `faster quicker easier best besten schneller einfacher leichter lieber simple rapide facile mieux mejor facil rapido
  bin am m suis estoy`,
);

const prepositions = wordSet(
  "on onto via by over vers per auf uber ueber bei por en sur par through in to mit with con avec using use usa usamos nutze nutzen utilise zu al a",
);

/** Between a preposition and the name. */
const articles = wordSet(
  "my mein meinem dem die der den l la les mi mon the el le your dein deinem tu ton this that our paper little blue blauen bleu azul un",
);

/** What comes before "your" or "my" and the name. */
const giving = wordSet(
  "give gib gibst dame das pasame paso doy te donne donnez send schick share sende exchange whats what get have mandame manda envoie",
);

const refusing = wordSet(
  "not nicht no never nie kein keine dont don ne pas nunca jamais without ohne sin sans instead statt als than",
);

/** "don't hesitate", "kein Problem": what is refused is nothing. */
const encouraging = wordSet(
  "hesit* zoger* scheu* duda* dude* dudo* problem* worr* souci* sorge sorgen",
);

/** "rather here", "lieber hier" */
const here = wordSet("here hier ici aqui");
const rather = wordSet("rather prefer lieber prefiero prefere mejor bleiben stay");

/** What one does there, said behind the name: "auf WhatsApp weiterschreiben". */
const askingBehind =
  wordSet(`weiterschreiben weiterreden weitermachen weiterchatten weiter schreiben schreib schreibst melden melde chatten
  schneller einfacher leichter easier faster quicker mejor mieux besser reden ruber rueber wechseln kontaktieren gehen erreichen erreichbar anschreiben quatschen besprechen klaren
  regeln hablamos seguimos hablar seguir escribeme escribir hablemos continue talk chat parler continuer discuter
  ecrire ecrivez`);
const wordsBehind = 4;

/** Shorts of a messenger that are a current too. */
const ofSpeaking = wordSet("on auf sur por");

type Pairs = { seconds: WordSet; pairs: (readonly [WordSet, WordSet])[] };

/** With all second words by themselves: where none of them stands there is no pair. */
function pairsOf(pairs: [first: string, second: string][]): Pairs {
  return {
    seconds: wordSet(pairs.map(([, second]) => second).join(" ")),
    pairs: pairs.map(([first, second]) => [wordSet(first), wordSet(second)]),
  };
}

/** "do you have", "hast du", "tienes", "tu as" */
const having = pairsOf([
  ["you u", "have"],
  ["have", "you"],
  ["you", "got"],
  ["hast", "du"],
  ["du", "hast"],
  ["haben", "sie"],
  ["habt", "ihr"],
  ["usted", "tiene"],
  ["tu", "as"],
  ["as", "tu"],
  ["vous", "avez"],
  ["avez", "vous"],
  ["same", "name"],
  ["same", "username"],
  ["same", "nickname"],
  ["gleichen", "namen"],
  ["meme", "nom"],
  ["mismo", "nombre"],
]);
const havingAlone = wordSet("tienes teneis");
const verbs = wordSet("me mich mir moi");
const current = wordSet("dc");

const mostWords = 7;
/** Atoms on one side, whatever stands there instead of words. */
const mostAtoms = 60;

const endsSentence = (atoms: Atoms, at: number) =>
  (atoms.isDot(at) && atoms.isWritten(at)) ||
  atoms.isOneOf(at, "!?") ||
  (atoms.isSpace(at) && atoms.breaksLine(at));

/** The entries of the words of the same sentence on one side of an atom, the nearest first. */
function wordsFrom(atoms: Atoms, first: number, step: 1 | -1): number[] {
  const words: number[] = [];
  for (let i = 0; i < mostAtoms && words.length < mostWords; i++) {
    const at = first + i * step;
    if (at < 0 || at >= atoms.count) break;
    // Most are, and no sentence ends in one.
    if (atoms.isLabel(at)) words.push(atoms.word(at));
    else if (endsSentence(atoms, at)) break;
    else if (step === -1 && atoms.isSaid(at)) words.push(atoms.word(at));
  }
  return words;
}

const someOf = (words: readonly number[], set: WordSet, from = 0, to = words.length) => {
  for (let i = from; i < Math.min(to, words.length); i++)
    if (set.has(words[i] as number)) return true;
  return false;
};

/** "are you on", "bist du bei": the preposition is the nearest word. */
const being = pairsOf([
  ["are", "you"],
  ["you", "re"],
  ["bist", "du"],
  ["du", "bist"],
  ["es", "tu"],
  ["tu", "es"],
  ["t", "es"],
  ["etes", "vous"],
  ["gibts", "dich"],
  ["s", "dich"],
]);
const beingAlone = wordSet("estas esta");
const preferring = wordSet("prefer prefere prefiero bevorzuge lieber");

/** Whether a messenger's name, without anybody's own, asks to go on there: "write to me on …". */
export function isInvitation(atoms: Atoms, at: number, end: number): boolean {
  const words = wordsFrom(atoms, at - 1, -1);
  const isRefused = someOf(words, refusing) || (someOf(words, here) && someOf(words, rather));
  if (isRefused && !someOf(words, encouraging)) return false;
  if (atoms.isChar(end, " ") && verbs.has(atoms.word(end + 1))) return true;
  if (isAsked(words) || someOf(words, havingAlone, 0, 2)) return true;
  if (articles.has(words[0] ?? 0) && someOf(words, giving, 1, 4)) return true;
  const nearest = words.findIndex((word) => !articles.has(word));
  const near = words[nearest] ?? 0;
  if (preferring.has(near)) return true;
  if (!(current.has(atoms.word(at)) ? ofSpeaking : prepositions).has(near)) return false;
  if (someOf(words, asking) || easier.has(words[nearest + 1] ?? 0)) return true;
  if (isPair(words, being, nearest + 1) || beingAlone.has(words[nearest + 1] ?? 0)) return true;
  const following = wordsFrom(atoms, end, 1);
  return someOf(following, askingBehind, 0, wordsBehind) && !someOf(following, refusing);
}

/** One word after the other; read backwards, the second one comes first. */
const isPair = (words: readonly number[], { seconds, pairs }: Pairs, at: number) =>
  seconds.has(words[at] ?? 0) &&
  pairs.some(([first, second]) => second.has(words[at] ?? 0) && first.has(words[at + 1] ?? 0));

const isAsked = (words: readonly number[]) =>
  isPair(words, having, 0) || isPair(words, having, 1) || isPair(words, having, 2);
