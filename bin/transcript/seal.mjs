import { createPublicKey, verify } from "node:crypto";
import { canonical, sha256 } from "./canonical.mjs";

/**
 * What makes a file whole: the hash of each of its parts, in their order, and a signature over all of
 * that. Every byte of the file belongs to a part or to the seal itself.
 *
 * @typedef {object} Seal
 * @property {"Ed25519"} algorithm
 * @property {"parley-seal-1"} format
 * @property {string} key the id of the key
 * @property {[name: string, bytes: number, sha256: string][]} parts
 * @property {string} publicKey raw, in base64url
 * @property {string} signature in hex
 */

/** What is signed. @param {Omit<Seal, "signature">} seal */
export function sealContent({ algorithm, format, key, parts, publicKey }) {
  return canonical({ algorithm, format, key, parts, publicKey });
}

/** Where a seal stands: its last `before`, up to `after`. */
const frames = /** @type {const} */ ({
  pdf: { before: "%parley-seal ", after: "\n" },
  html: { before: "<!--parley-seal ", after: "-->\n" },
  json: { before: ',"seal":', after: "}\n" },
});

/** @typedef {keyof typeof frames} Kind */

/** @param {Kind} kind @param {string} seal */
export const framed = (kind, seal) => `${frames[kind].before}${seal}${frames[kind].after}`;

/**
 * @param {Buffer} file @param {Kind} kind
 * @returns {{ seal: Seal, covered: Buffer } | null} null when there is none, or not in the one way in
 *   which it is written
 */
export function findSeal(file, kind) {
  const { before, after } = frames[kind];
  const start = file.lastIndexOf(before);
  if (start < 0) return null;
  const content = start + Buffer.byteLength(before);
  const found = file.indexOf(after, content);
  // In JSON the seal's own braces come first; in all but PDF it ends the file.
  const end = kind === "pdf" ? found : file.length - Buffer.byteLength(after);
  if (end < content) return null;
  const seal = parseSeal(file.toString("utf8", content, end));
  if (!seal) return null;
  const whole = Buffer.from(framed(kind, canonical(seal)));
  const stop = start + whole.length;
  if (!file.subarray(start, stop).equals(whole)) return null;
  if (kind !== "pdf" && stop !== file.length) return null;
  return { seal, covered: Buffer.concat([file.subarray(0, start), file.subarray(stop)]) };
}

/** @param {string} text @returns {Seal | null} */
function parseSeal(text) {
  try {
    const seal = JSON.parse(text);
    const isSeal =
      Object.keys(seal).sort().join() === "algorithm,format,key,parts,publicKey,signature" &&
      seal.format === "parley-seal-1" &&
      seal.algorithm === "Ed25519" &&
      isBase64url(seal.publicKey, 32) &&
      /^[0-9a-f]{128}$/.test(seal.signature) &&
      Array.isArray(seal.parts) &&
      seal.parts.every(isPart);
    return isSeal ? seal : null;
  } catch {
    return null;
  }
}

/** @param {unknown} part */
function isPart(part) {
  if (!Array.isArray(part) || part.length !== 3) return false;
  const [name, bytes, hash] = part;
  return typeof name === "string" && Number.isSafeInteger(bytes) && bytes >= 0 && isHash(hash);
}

/** @param {unknown} text */
const isHash = (text) => typeof text === "string" && /^[0-9a-f]{64}$/.test(text);

/** Written in the one way in which these bytes can be. @param {unknown} text @param {number} bytes */
export function isBase64url(text, bytes) {
  if (typeof text !== "string") return false;
  const decoded = Buffer.from(text, "base64url");
  return decoded.length === bytes && decoded.toString("base64url") === text;
}

/** SHA-256 of a public key in hex. @param {string} publicKey */
export const fingerprint = (publicKey) => sha256(Buffer.from(publicKey, "base64url"));

/** @param {Seal} seal */
export function isSigned(seal) {
  if (seal.key !== fingerprint(seal.publicKey).slice(0, 16)) return false;
  const jwk = { kty: "OKP", crv: "Ed25519", x: seal.publicKey };
  const key = createPublicKey({ key: jwk, format: "jwk" });
  return verify(null, Buffer.from(sealContent(seal)), key, Buffer.from(seal.signature, "hex"));
}

/**
 * The parts that are not what they were. When bytes are missing or too many, everything behind them
 * has moved, and only the first such part is told.
 *
 * @param {Seal} seal @param {Buffer} covered @returns {string[]}
 */
export function changedParts({ parts }, covered) {
  const bytes = parts.reduce((sum, [, length]) => sum + length, 0);
  const changed = [];
  let at = 0;
  for (const [name, length, hash] of parts) {
    if (sha256(covered.subarray(at, at + length)) !== hash) changed.push(name);
    at += length;
    if (changed.length && bytes !== covered.length) return changed;
  }
  if (bytes !== covered.length) changed.push("something behind the end");
  return changed;
}
