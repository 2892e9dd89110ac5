import type { Finding } from "../detector";
import type { Prepared } from "../prepare";
import { wordSet } from "../words/word-set";
import type { Atoms } from "./atom-columns";
import { readDomain } from "./domain";
import { readName } from "./handle-name";

const page =
  /(?:(?:t\.me|telegram\.me|wa\.me|chat\.whatsapp\.com|api\.whatsapp\.com|m\.me|instagram\.com|instagr\.am|facebook\.com|fb\.com|fb\.me|snapchat\.com|discord\.gg|discord\.com|line\.me|signal\.me|signal\.group|wechat\.com|viber\.com|join\.skype\.com|skype\.com|tiktok\.com|threema\.id)\/|tg:\/\/|skype:)[\w@.?=/+-]{2,80}/y;
const [slash, colon] = ["/".charCodeAt(0), ":".charCodeAt(0)];
const host = /[a-z.]/;
const longestHost = 20;
const inWord = /\w/;

/** Somebody's page at a messenger: "t.me/anna". */
export function findPages({ text }: Prepared): Finding[] {
  const found: Finding[] = [];
  let end = 0;
  for (let at = nextMark(text, 0); at !== -1; at = nextMark(text, Math.max(end, at + 1))) {
    const earliest = Math.max(end, at - longestHost);
    let from = at;
    while (from > earliest && host.test(text.charAt(from - 1))) from--;
    for (; from < at; from++) {
      if (inWord.test(text.charAt(from - 1))) continue;
      page.lastIndex = from;
      if (!page.test(text)) continue;
      end = page.lastIndex;
      found.push({ from, to: end });
      break;
    }
  }
  return found;
}

/** Where the next sign is that stands behind a host. */
function nextMark(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === slash || code === colon) return at;
  }
  return -1;
}

const hosts = new Set(
  `t.me telegram.me wa.me m.me instagram.com instagr.am facebook.com fb.com fb.me snapchat.com discord.gg line.me
  signal.me`.split(/\s+/),
);
/** What those begin with. */
const firstLabels = wordSet(
  "t telegram wa m instagram instagr facebook fb snapchat discord line signal",
);
const slashWords = wordSet("slash schragstrich barra");
const isSlash = (atoms: Atoms, at: number) =>
  atoms.isChar(at, "/") || slashWords.has(atoms.word(at));

/** "t dot me slash anna" */
export function findSaidPage(atoms: Atoms, at: number): Finding | null {
  if (!firstLabels.has(atoms.word(at))) return null;
  const domain = readDomain(atoms, at, true);
  if (!domain?.isDisguised || !hosts.has(domain.name)) return null;
  const slash = atoms.isSpace(domain.end) ? domain.end + 1 : domain.end;
  if (!isSlash(atoms, slash)) return null;
  const name = readName(atoms, atoms.isSpace(slash + 1) ? slash + 2 : slash + 1);
  return name && { from: atoms.from(at), to: name.to, isDisguised: true };
}
