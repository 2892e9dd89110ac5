import { canonical } from "./canonical.mjs";

/**
 * The parts of a JSON transcript, in their order: each message version is one, and so is everything
 * else that has a name in it. Together they are the file up to its seal.
 *
 * @param {Record<string, unknown> & { messages: { seq: number, version: number }[] }} document
 * @returns {Generator<{ name: string, text: string }>}
 */
export function* jsonParts(document) {
  let before = '{"document":{';
  for (const name of Object.keys(document).sort()) {
    before += `${canonical(name)}:`;
    if (name === "messages") {
      before += "[";
      for (const record of document.messages) {
        yield { name: messagePart(record), text: before + canonical(record) };
        before = ",";
      }
      before = document.messages.length ? "]," : `${before}],`;
    } else {
      yield { name, text: before + canonical(document[name]) };
      before = ",";
    }
  }
  yield { name: "end", text: `${before.slice(0, -1)}}` };
}

/** @param {{ seq: number, version: number }} record the name of a message version as a part */
export const messagePart = ({ seq, version }) => `message ${seq} (version ${version})`;
