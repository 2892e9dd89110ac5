#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readKeys } from "./transcript/keys.mjs";
import { messagePart } from "./transcript/layout.mjs";
import { verifyTranscript } from "./transcript/verify.mjs";

// Says whether a transcript is whole and unchanged. It reads the file and nothing else: no network,
// no database, no package. See docs/transcripts.md.

const usage = `Usage: parley-verify FILE [--key FILE]

FILE   a transcript of Parley: HTML, PDF or JSON
--key  the operator's public keys, as /.well-known/parley-transcript-keys gives them, or one as PEM

Exit status: 0 whole and unchanged; 1 not; 2 could not be checked`;

const say = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`);

/** @param {string} line @returns {never} */
function giveUp(line) {
  process.stderr.write(`${line}\n`);
  process.exit(2);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { key: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
    return { ...values, path: positionals.length === 1 ? positionals[0] : undefined };
  } catch (error) {
    return giveUp(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    return giveUp(`Cannot read ${path}: ${error instanceof Error ? error.message : error}`);
  }
}

function main() {
  const { path, key, help } = readArguments();
  if (help) {
    say(usage);
    return 0;
  }
  if (!path) return giveUp(usage);
  const file = read(path);
  const trusted = key === undefined ? null : readKeys(read(key).toString("utf8"));
  if (key !== undefined && !trusted) return giveUp(`${key} holds no Ed25519 public key`);
  const finding = verifyTranscript(file);
  if (!finding) return giveUp(`${path} is no transcript of Parley`);
  return report(path, finding, trusted);
}

/**
 * @param {string} path @param {import("./transcript/verify.mjs").Finding} finding
 * @param {string[] | null} trusted public keys
 */
function report(path, { faults, firstMessage, broken, document, key }, trusted) {
  if (faults.length || !key) {
    say(`CHANGED: ${path} is not what was exported`);
    if (firstMessage) say(`First message that differs: ${firstMessage}`);
    for (const fault of faults) say(`- ${fault}`);
    return 1;
  }
  if (trusted && !trusted.includes(key.publicKey)) {
    say(`NOT TRUSTED: ${path} is whole, but its key is none of those given`);
    say(`It is signed with key ${key.id}, fingerprint ${key.fingerprint}`);
    return 1;
  }
  if (document) {
    const { copy, chatId, messages, exportedAt } = document;
    const whose = copy === "full" ? "the full record" : `the copy for the ${copy}`;
    say(`OK: ${path} is whole and unchanged`);
    say(`It is ${whose} of chat ${chatId}, exported at ${exportedAt}`);
    say(`Message versions: ${messages.length}, each covered by the hash of the next`);
    const erased = messages.filter((record) => record.erased);
    const unproved = erased.filter((record) => record.erased?.record);
    if (erased.length)
      say(`Of these, ${erased.length} had something erased with a person's account`);
    if (unproved.length) {
      const which = unproved.map(messagePart).join(", ");
      say(`What the chain cannot prove, because a name was erased from it: ${which}`);
    }
  }
  say(`Signed with key ${key.id}, fingerprint ${key.fingerprint}`);
  if (trusted) say("That is one of the keys given.");
  else {
    const origin = document?.operator ?? "https://(the operator's address)";
    const address = `${origin}/.well-known/parley-transcript-keys`;
    say(`Whether that is the operator's key, the file cannot prove: compare it with ${address}`);
  }
  for (const { at, version } of broken) {
    say(
      `WARNING: when it was exported, messages up to version ${version} were not what they were at ${at}`,
    );
  }
  return broken.length ? 1 : 0;
}

process.exitCode = main();
