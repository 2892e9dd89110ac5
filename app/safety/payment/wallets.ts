import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { bech32, bech32m, createBase58check } from "@scure/base";
import type { Finding } from "../detector";
import type { Prepared } from "../prepare";

const base58check = createBase58check(sha256);
/** A version, 20 bytes of a key's hash: Bitcoin, Litecoin, Dogecoin, Dash, Tron. */
const hashedKey = 21;

const ethereum = 42;
/** Base58Check of 21 bytes; a segwit address with all of its checksum. */
const shortest = 25;
const longest = 90;
/** An address is written in so many pieces, if it is. */
const mostPieces = 6;

type Piece = { from: number; to: number; text: string };

/**
 * Addresses of wallets that carry a checksum: base58check (Bitcoin and its kin, Tron), segwit (BIP 173
 * and 350), Ethereum (EIP-55 where it is written in large and small letters); also in pieces.
 */
export function findWallets(prepared: Prepared): Finding[] {
  const pieces = piecesOf(prepared);
  const found: Finding[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const first = pieces[at] as Piece;
    if (!begins.test(first.text)) continue;
    let text = "";
    for (let next = at; next < pieces.length && next < at + mostPieces; next++) {
      const piece = pieces[next] as Piece;
      if (next > at && !isNear(prepared, pieces[next - 1] as Piece, piece)) break;
      text += piece.text;
      if (text.length > longest) break;
      if (text.length < shortest || !isWallet(text)) continue;
      found.push({ from: first.from, to: piece.to, isDisguised: next > at });
      at = next;
      break;
    }
  }
  return found;
}

/** What an address begins with: others are not looked at. */
const begins =
  /^(?:[13LMDXT9A][1-9A-HJ-NP-Za-km-z]*[1-9A-HJ-NP-Z][1-9A-HJ-NP-Za-km-z]*$|[13]$|(?:[bB][cC]|[tT][bB]|[lL][tT][cC])1|0[xX])/;

function piecesOf({ cased }: Prepared): Piece[] {
  const pieces: Piece[] = [];
  const run = /[a-z0-9]+/gi;
  for (let match = run.exec(cased); match; match = run.exec(cased)) {
    const [text] = match;
    pieces.push({ from: match.index, to: match.index + text.length, text });
  }
  return pieces;
}

function isNear({ cased }: Prepared, before: Piece, after: Piece): boolean {
  return /^[\s.\-_/|*]{1,3}$/.test(cased.slice(before.to, after.from));
}

function isWallet(text: string): boolean {
  if (text.length === ethereum && /^0x[0-9a-f]{40}$/i.test(text)) return isEthereum(text.slice(2));
  if (/^(?:bc|tb|ltc)1/i.test(text)) return isSegwit(text);
  return text.length <= 35 && base58Letters.test(text) && isBase58(text);
}

/** Without those that look like others. */
const base58Letters = /^[1-9A-HJ-NP-Za-km-z]+$/;

function isBase58(text: string): boolean {
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
