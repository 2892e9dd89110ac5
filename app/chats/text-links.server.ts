import { LinkifyIt } from "linkify-it";
import type { TextLink } from "./message";

const links = new LinkifyIt({ fuzzyEmail: false, fuzzyIP: false })
  .add("ftp:", null)
  .add("mailto:", null)
  .add("//", null);

/** Each link has one of these, followed at once by something that belongs to it. */
const perhaps = /[.:]\S/;

/**
 * Where a text names web addresses. Found on the server and sent along with the message: the tables
 * that it takes weigh more than a chat page's own scripts.
 */
export function textLinks(text: string | null): TextLink[] {
  if (!text || !perhaps.test(text)) return [];
  const found = links.match(text) ?? [];
  return found.map(({ index, lastIndex, url }) => ({ start: index, end: lastIndex, url }));
}
