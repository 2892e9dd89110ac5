import { inflateSync } from "node:zlib";
import { sha256 } from "./canonical.mjs";
import { firstBroken } from "./chain.mjs";
import { jsonParts, messagePart } from "./layout.mjs";
import { changedParts, findSeal, fingerprint, isSigned } from "./seal.mjs";

/**
 * @typedef {import("./seal.mjs").Kind} Kind
 * @typedef {import("./chain.mjs").ChainRecord} ChainRecord
 * @typedef {{ chatId: string, messages: ChainRecord[], head: { hash: string } }} Chained
 * @typedef {{ at: string, version: number, matches: boolean }} Checkpoint
 * @typedef {Chained & {
 *   copy: string,
 *   exportedAt: string,
 *   operator: string | null,
 *   checkpoints: Checkpoint[],
 *   threads: Chained[],
 * }} TranscriptDocument
 * @typedef {object} Finding
 * @property {Kind} kind
 * @property {string[]} faults what was changed, for people; empty when the file is whole
 * @property {string | null} firstMessage the first message whose data, or whose shown markup, differs
 * @property {Checkpoint[]} broken moments since which messages were changed before the export
 * @property {TranscriptDocument | null} document null when it cannot be read any more
 * @property {{ id: string, publicKey: string, fingerprint: string } | null} key
 */

/**
 * Whether a transcript is what was exported. It needs nothing but the file; whether the key is the
 * operator's is for the caller to compare.
 *
 * @param {Buffer} file
 * @returns {Finding | null} null when it is no transcript at all
 */
export function verifyTranscript(file) {
  const kind = kindOf(file);
  if (!kind) return null;
  const { faults, parts, key, seal } = checkSeal(file, kind);
  if (kind === "json") {
    const data = checkDocument(parseDocument(file));
    // Each by its name, because what moved is found again.
    const named = seal && parts.length && data.document ? changedByName(data.document, seal) : [];
    const changed = named.length ? named : parts;
    return { kind, ...joined(faults, changed, data), document: data.document, key };
  }
  const inside = kind === "html" ? insideHtml(file) : insidePdf(file);
  if (!inside) {
    faults.push("the data inside cannot be found");
    return { kind, ...joined(faults, parts, checkDocument(null)), document: null, key };
  }
  const data = verifyTranscript(inside);
  if (data?.kind !== "json") {
    faults.push("the data inside is no transcript");
    return { kind, ...joined(faults, parts, checkDocument(null)), document: null, key };
  }
  if (data.key && key && data.key.publicKey !== key.publicKey) {
    faults.push("the data inside is signed with another key");
  }
  const { document, broken } = data;
  const faultsInside = data.faults.map((fault) => `in the data inside: ${fault}`);
  const named = { faults: faultsInside, firstMessage: data.firstMessage, broken };
  return { kind, ...joined(faults, parts, named), document, key };
}

/**
 * @param {string[]} faults @param {string[]} parts that changed
 * @param {{ faults: string[], firstMessage: string | null, broken: Checkpoint[] }} data
 */
function joined(faults, parts, data) {
  const messages = [...parts.filter((part) => part.startsWith("message ")), data.firstMessage];
  const [first] = messages
    .filter((message) => message !== null)
    .sort((a, b) => placeOf(a) - placeOf(b));
  return {
    faults: [...faults, ...parts.map((part) => `changed: ${part}`), ...data.faults],
    firstMessage: first ?? null,
    broken: data.broken,
  };
}

/** @param {string} message */
const placeOf = (message) => Number(/^message (\d+)/.exec(message)?.[1] ?? Number.MAX_VALUE);

/**
 * How each kind of file begins, and what it holds even when its beginning was changed.
 *
 * @type {[kind: Kind, beginning: string, sign: string][]}
 */
const kinds = [
  ["html", "<!doctype html>", "<!--parley-seal "],
  ["json", '{"document":', ',"seal":{"algorithm":'],
  ["pdf", "%PDF-", "%parley-seal "],
];

/** @param {Buffer} file @returns {Kind | null} */
function kindOf(file) {
  const begun = kinds.find(
    ([, beginning]) => file.toString("latin1", 0, beginning.length) === beginning,
  );
  const [kind] = begun ?? kinds.find(([, , sign]) => file.includes(sign)) ?? [null];
  return kind;
}

/** @param {Buffer} file @param {Kind} kind */
function checkSeal(file, kind) {
  const found = findSeal(file, kind);
  if (!found) {
    const faults = ["the seal is missing, cut off or changed"];
    return { faults, parts: [], key: null, seal: null };
  }
  const { seal, covered } = found;
  const { key: id, publicKey } = seal;
  return {
    faults: isSigned(seal) ? [] : ["the seal was changed: its signature does not fit"],
    parts: changedParts(seal, covered),
    key: { id, publicKey, fingerprint: fingerprint(publicKey) },
    seal,
  };
}

/** @param {TranscriptDocument} document @param {import("./seal.mjs").Seal} seal */
function changedByName(document, seal) {
  const hashes = new Map(seal.parts.map(([name, , hash]) => [name, hash]));
  const changed = [];
  for (const { name, text } of jsonParts({ ...document })) {
    if (hashes.get(name) !== sha256(text)) changed.push(name);
    hashes.delete(name);
  }
  return [...changed, ...hashes.keys()];
}

/** @param {Buffer} file @returns {TranscriptDocument | null} */
function parseDocument(file) {
  try {
    return JSON.parse(file.toString("utf8")).document ?? null;
  } catch {
    return null;
  }
}

/** @param {TranscriptDocument | null} document */
function checkDocument(document) {
  if (!document) return { faults: [], firstMessage: null, broken: [], document };
  try {
    const broken = firstBroken(document.chatId, document.messages);
    const faults = broken ? [`the chain breaks at ${messagePart(broken)}`] : [];
    if (!broken && !endsAtHead(document)) faults.push("the chain does not end where it should");
    for (const thread of document.threads) {
      const inThread = firstBroken(thread.chatId, thread.messages);
      if (inThread) faults.push(`the chain of a private thread breaks at ${messagePart(inThread)}`);
      else if (!endsAtHead(thread)) faults.push("the chain of a private thread ends too early");
    }
    const firstMessage = broken && messagePart(broken);
    const checkpoints = document.checkpoints.filter(({ matches }) => matches !== true);
    return { faults, firstMessage, broken: checkpoints, document };
  } catch {
    const faults = ["the data is not laid out as that of a transcript"];
    return { faults, firstMessage: null, broken: [], document: null };
  }
}

/** @param {Chained} chat */
const endsAtHead = ({ messages, head }) => (messages.at(-1)?.hash ?? head.hash) === head.hash;

const opening = '<script type="application/json" id="parley-transcript">';

/** @param {Buffer} file */
function insideHtml(file) {
  const start = file.indexOf(opening);
  const end = file.indexOf("</script>", start);
  return start < 0 || end < 0 ? null : file.subarray(start + opening.length, end);
}

/** The attached file: the one stream that is an embedded file. @param {Buffer} file */
function insidePdf(file) {
  const at = file.indexOf("/Type /EmbeddedFile");
  const start = file.indexOf("stream\n", at) + "stream\n".length;
  const end = file.indexOf("\nendstream", start);
  if (at < 0 || start < at || end < 0) return null;
  try {
    return inflateSync(file.subarray(start, end));
  } catch {
    return null;
  }
}
