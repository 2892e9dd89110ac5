import type { Atom } from "./atoms";

/** What somebody asks for who wants to go on elsewhere; folded. */
const asking = new Set(
  `write text message msg contact add talk chat continue move go switch send reach hit find ping dm speak call
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
  ajoute ajoutez discuter discutons`.split(/\s+/),
);

const prepositions = new Set(
  "on onto via by over vers per auf uber ueber bei por en sur par through in to mit with con avec using use usa usamos nutze nutzen utilise zu al a".split(
    " ",
  ),
);

/** Between a preposition and the name. */
const articles = new Set("my mein meinem dem mi mon the el le your dein deinem tu ton".split(" "));

/** What comes before "your" or "my" and the name. */
const giving = new Set(
  "give gib gibst dame das pasame paso doy te donne donnez send schick share sende exchange whats what".split(
    " ",
  ),
);

const refusing = new Set(
  "not nicht no never nie kein keine dont don ne pas nunca jamais without ohne sin sans instead statt als than".split(
    " ",
  ),
);

/** "don't hesitate", "kein Problem": what is refused is nothing. */
const encouraging =
  /^(?:hesit\w*|zoger\w*|scheu\w*|dud[aeo]\w*|problem\w*|worr\w*|souci\w*|sorge|sorgen)$/;

/** "rather here", "lieber hier" */
const here = new Set("here hier ici aqui".split(" "));
const rather = new Set("rather prefer lieber prefiero prefere mejor bleiben stay".split(" "));

/** What one does there, said behind the name: "auf WhatsApp weiterschreiben". */
const askingBehind = new Set(
  `weiterschreiben weiterreden weitermachen weiterchatten weiter schreiben schreib schreibst melden melde chatten
  reden ruber rueber wechseln kontaktieren gehen erreichen erreichbar anschreiben quatschen besprechen klaren
  regeln hablamos seguimos hablar seguir escribeme escribir hablemos continue talk chat parler continuer discuter
  ecrire ecrivez`.split(/\s+/),
);
const wordsBehind = 4;

/** The words of the same sentence behind a place. */
function behind(atoms: readonly Atom[], from: number): string[] {
  const words: string[] = [];
  for (let i = from; i < atoms.length && words.length < wordsBefore; i++) {
    const { sort, text, how } = atoms[i] as Atom;
    if ((sort === "dot" && how === "sign") || text === "!" || text === "?" || text.includes("\n"))
      break;
    if (sort === "label") words.push(text);
  }
  return words;
}

/** Shorts of a messenger that are a current too. */
const ofSpeaking = new Set("on auf sur por".split(" "));

/** "do you have", "hast du", "tienes", "tu as" */
const having = new Set([
  "you have",
  "have you",
  "u have",
  "you got",
  "hast du",
  "du hast",
  "haben sie",
  "habt ihr",
  "usted tiene",
  "tu as",
  "as tu",
  "vous avez",
  "avez vous",
]);
const havingAlone = new Set(["tienes", "teneis"]);

const wordsBefore = 7;

/** The words of the same sentence before a place, the nearest first. */
function before(atoms: readonly Atom[], at: number): string[] {
  const words: string[] = [];
  for (let i = at - 1; i >= 0 && words.length < wordsBefore; i--) {
    const { sort, text, how } = atoms[i] as Atom;
    if ((sort === "dot" && how === "sign") || text === "!" || text === "?" || text.includes("\n"))
      break;
    if (sort === "label" || how === "said") words.push(text);
  }
  return words;
}

/** Whether a messenger's name, without anybody's own, asks to go on there: "write to me on …". */
export function isInvitation(atoms: readonly Atom[], at: number, end: number): boolean {
  const after = atoms[end + 1]?.text ?? "";
  const isVerb =
    atoms[end]?.text === " " && (after === "me" || after === "mich" || after === "moi");
  const words = before(atoms, at);
  const isRefused =
    words.some((word) => refusing.has(word)) ||
    (words.some((word) => here.has(word)) && words.some((word) => rather.has(word)));
  if (isRefused && !words.some((word) => encouraging.test(word))) return false;
  if (isVerb) return true;
  const pairs = words.slice(1, 4).map((word, i) => `${word} ${words[i]}`);
  if (
    pairs.some((pair) => having.has(pair)) ||
    words.slice(0, 2).some((word) => havingAlone.has(word))
  )
    return true;
  if (articles.has(words[0] ?? "") && words.slice(1, 3).some((word) => giving.has(word)))
    return true;
  const near = words.filter((word) => !articles.has(word));
  const placed = atoms[at]?.text === "dc" ? ofSpeaking : prepositions;
  if (!placed.has(near[0] ?? "")) return false;
  if (words.some((word) => asking.has(word))) return true;
  const following = behind(atoms, end);
  return (
    following.slice(0, wordsBehind).some((word) => askingBehind.has(word)) &&
    !following.some((word) => refusing.has(word))
  );
}
