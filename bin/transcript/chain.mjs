import { canonical, sha256 } from "./canonical.mjs";

/**
 * A part of a record that a copy can hide: `{ salt, value }` shows it, `{ hash }` hides it, and
 * `{ pieces }` shows some words of a text and hides others. All of them have the same hash.
 *
 * @typedef {{ salt: string, value: unknown }} Shown
 * @typedef {{ hash: string }} Hidden
 * @typedef {Shown | Hidden | { pieces: (Shown | Hidden)[] }} Part
 */

/**
 * One version of one message. `hash` covers everything else in it, and with `previous` all records
 * of its chat before it.
 *
 * `erased` is there where something was taken out when a person was erased. The parts that it was
 * taken from stand there as their hash, and `body` is what the message says since. With `record` it
 * stood in no part: the hash of the record is from before then, so that the chain holds, and proves
 * nothing of what the record itself says.
 *
 * @typedef {object} ChainRecord
 * @property {number} seq
 * @property {number} version
 * @property {Record<string, Part>} parts
 * @property {{ body?: string | null, record?: true }} [erased]
 * @property {string} previous
 * @property {string} hash
 */

/** What the first record of a chat has as `previous`. @param {string} chatId */
export const chainStart = (chatId) => sha256(`parley-chain-1\n${chatId}`);

/** @param {ChainRecord} record the hash that it should have */
export function recordHash({ hash: _, erased: __, parts, ...rest }) {
  const committed = Object.entries(parts).map(([name, part]) => [name, partHash(part)]);
  return sha256(`parley-record-1\n${canonical({ ...rest, parts: Object.fromEntries(committed) })}`);
}

/** @param {Part} part @returns {string} */
export function partHash(part) {
  if ("hash" in part) return part.hash;
  const pieces = "pieces" in part ? part.pieces : piecesOf(part);
  return sha256(`parley-part-1\n${pieces.map(pieceHash).join("\n")}`);
}

/** @param {Shown | Hidden} piece */
export const pieceHash = (piece) =>
  "hash" in piece ? piece.hash : sha256(`${piece.salt}\n${canonical(piece.value)}`);

/**
 * The pieces of which any can be hidden: of a text its words that may tell how to reach somebody,
 * each by itself, and what stands between them. How a text falls into pieces must never change.
 *
 * @param {Shown} part @returns {Shown[]}
 */
export function piecesOf({ salt, value }) {
  const values = typeof value === "string" ? textPieces(value) : [value];
  return values.map((one, at) => ({ salt: sha256(`${salt}\n${at}`).slice(0, 32), value: one }));
}

const telling = /[\p{Nd}@]|\p{L}\.\p{L}|:\/\//u;

/** @param {string} text */
function textPieces(text) {
  /** @type {string[]} */
  const pieces = [];
  let isOpen = false;
  for (const word of text.match(/\S+\s*|\s+/gu) ?? [""]) {
    const isTelling = telling.test(word);
    if (isOpen && !isTelling) pieces.push(`${pieces.pop()}${word}`);
    else pieces.push(word);
    isOpen = !isTelling;
  }
  return pieces;
}

/**
 * The first record that is not what it was, or does not follow the one before it.
 *
 * @param {string} chatId @param {ChainRecord[]} records
 */
export function firstBroken(chatId, records) {
  let previous = chainStart(chatId);
  let version = 0;
  for (const record of records) {
    const follows = record.previous === previous && record.version > version;
    const isItself = record.erased?.record || record.hash === recordHash(record);
    if (!follows || !isItself) return record;
    ({ hash: previous, version } = record);
  }
  return null;
}
