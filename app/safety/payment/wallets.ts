import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { bech32, bech32m, createBase58check } from "@scure/base";
import type { Finding } from "../detector";
import type { Prepared } from "../prepare";
import { type Characters, charactersOf } from "./characters";

const base58check = createBase58check(sha256);
/** A version, 20 bytes of a key's hash: Bitcoin, Litecoin, Dogecoin, Dash, Tron. */
const hashedKey = 21;

const ethereum = 42;
/** Base58Check of 21 bytes; a segwit address with all of its checksum. */
const shortest = 25;
const longest = 90;
/** An address is written in so many pieces, if it is. */
const mostPieces = 6;

/**
 * Addresses of wallets that carry a checksum: base58check (Bitcoin and its kin, Tron), segwit (BIP 173
 * and 350), Ethereum (EIP-55 where it is written in large and small letters); also in pieces.
 */
export function findWallets(prepared: Prepared, most: number): Finding[] {
  const characters = charactersOf(prepared);
  const found: Finding[] = [];
  let before = 0;
  for (let piece = 0; piece < characters.pieces && found.length < most; piece++) {
    const at = characters.first(piece);
    if (at < before || !mayBegin(characters, at)) continue;
    const end = endOfWallet(characters, prepared, piece);
    if (end === null) continue;
    const [from, to] = [characters.place(at), characters.place(end - 1) + 1];
    found.push({ from, to, isDisguised: to - from > end - at });
    before = end;
  }
  return found;
}

/** The end of an address that begins with a piece, in that alone or in several; null for none. */
function endOfWallet(characters: Characters, { cased }: Prepared, piece: number): number | null {
  const at = characters.first(piece);
  const last = Math.min(piece + mostPieces, characters.pieces);
  for (let one = piece; one < last; one++) {
    if (one > piece && !isNear(characters, cased, characters.first(one))) return null;
    const end = characters.first(one + 1);
    if (end - at > longest) return null;
    if (end - at < shortest || !isMixed(characters, at, end)) continue;
    if (isWallet(characters.string(at, end))) return end;
  }
  return null;
}

/** What may stand between two pieces, and how much of it. */
const between = /^[\s.\-_/|*]+$/;
const mostBetween = 3;
const space = " ".charCodeAt(0);

/** Whether a piece stands so near behind the one before that they may be one address. */
function isNear(characters: Characters, cased: string, first: number): boolean {
  const [from, to] = [characters.place(first - 1) + 1, characters.place(first)];
  if (to - from === 1 && cased.charCodeAt(from) === space) return true;
  return to - from <= mostBetween && between.test(cased.slice(from, to));
}

/** Of base58: Bitcoin, Litecoin, Dogecoin, Dash, Tron, by the code of the first character. */
const firsts = new Uint8Array(128);
for (const first of "13LMDXT9A") firsts[first.charCodeAt(0)] = 1;
/** Of the others by the first two, small. */
const pairs = new Set(
  ["bc", "tb", "lt", "0x"].map(([first = "", second = ""]) =>
    pairOf(first.charCodeAt(0), second.charCodeAt(0)),
  ),
);

/** A digit has the bit that makes a letter small anyway. */
function pairOf(first: number, second: number): number {
  return ((first | 32) << 8) | (second | 32);
}

/** Asked of each piece: most are words by their first two letters. */
function mayBegin(characters: Characters, at: number): boolean {
  if (firsts[characters.code(at)] === 1) return true;
  return (
    !characters.isFirst(at + 1) && pairs.has(pairOf(characters.code(at), characters.code(at + 1)))
  );
}

/** Small letters, large ones and digits follow each other as they do by chance, and not as in words. */
function isMixed(characters: Characters, from: number, to: number): boolean {
  let changes = 0;
  for (let at = from + 1; at < to; at++)
    if (sortOf(characters.code(at)) !== sortOf(characters.code(at - 1))) changes++;
  return changes * fewestChanges >= to - from;
}

/** One in so many characters; by chance it is two in three, and in an address in small letters one in three. */
const fewestChanges = 5;
const sortOf = (code: number) => (code < 58 ? 0 : code < 91 ? 1 : 2);

function isWallet(text: string): boolean {
  if (text.length === ethereum && /^0x[0-9a-f]{40}$/i.test(text)) return isEthereum(text.slice(2));
  if (/^(?:bc|tb|ltc)1/i.test(text)) return isSegwit(text);
  return text.length <= 35 && base58Letters.test(text) && isBase58(text);
}

/** Without those that look like others. */
const base58Letters = /^[1-9A-HJ-NP-Za-km-z]+$/;

/** Of base58, one of many 1s for nothing and then as many bytes as its other letters take. */
function mayBeHashedKey(text: string): boolean {
  let ones = 0;
  while (text.charAt(ones) === "1") ones++;
  const left = hashedKey + checksum - ones;
  const letters = text.length - ones;
  // A number of so many letters is at least the least of so many, and less than the least of one more.
  return (letters - 1) * bytesOfLetter < left && letters * bytesOfLetter > left - 1;
}

const checksum = 4;
const bytesOfLetter = Math.log(58) / Math.log(256);

function isBase58(text: string): boolean {
  if (!mayBeHashedKey(text)) return false;
  try {
    return base58check.decode(text).length === hashedKey;
  } catch {
    return false;
  }
}

function isSegwit(text: string): boolean {
  const address = text.toLowerCase() as `${string}1${string}`;
  return bech32.decodeUnsafe(address) !== undefined || bech32m.decodeUnsafe(address) !== undefined;
}

function isEthereum(hex: string): boolean {
  const small = hex.toLowerCase();
  if (hex === small || hex === hex.toUpperCase()) return true;
  const hash = bytesToHex(keccak_256(utf8ToBytes(small)));
  return [...hex].every((char, at) => {
    const isLarge = Number.parseInt(hash[at] as string, 16) >= 8;
    return char === (isLarge ? char.toUpperCase() : char.toLowerCase());
  });
}
