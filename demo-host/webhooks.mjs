import { createHmac, timingSafeEqual } from "node:crypto";

/** @typedef {{ at: string, type: string, chatId: string, isVerified: boolean, times: number }} Told */

/** As many are shown. */
const kept = 100;
/** As many ids are known again: Parley repeats an event for a day at most. */
const remembered = 10_000;

/** What Parley told of, in the order in which it came. */
export function webhookLog() {
  /** @type {Told[]} */
  const told = [];
  /** @type {Map<string, Told>} */
  const known = new Map();

  /** @param {Told} one */
  function keep(one) {
    told.push(one);
    if (told.length > kept) told.shift();
    return one;
  }

  return {
    told: () => [...told],

    /**
     * The same event may come twice: it is worked on once.
     *
     * @param {string} secret @param {import("node:http").IncomingHttpHeaders} headers
     * @param {string} body as it came
     * @returns {boolean} whether it is from Parley
     */
    take(secret, headers, body) {
      const at = new Date().toISOString();
      if (!isSigned(secret, headers, body)) {
        // Nothing of it is believed, not even what it says of itself.
        keep({ at, type: "unknown", chatId: "", isVerified: false, times: 1 });
        return false;
      }
      const id = String(headers["webhook-id"]);
      const earlier = known.get(id);
      if (earlier) {
        earlier.times += 1;
        return true;
      }
      const { type, data } = JSON.parse(body);
      const chatId = data.chatId ?? "";
      known.set(id, keep({ at, type, chatId, isVerified: true, times: 1 }));
      const [oldest] = known.keys();
      if (known.size > remembered && oldest) known.delete(oldest);
      return true;
    },
  };
}

/**
 * As Standard Webhooks has it, and not older than five minutes.
 *
 * @param {string} secret @param {import("node:http").IncomingHttpHeaders} headers @param {string} body
 */
function isSigned(secret, headers, body) {
  const timestamp = Number(headers["webhook-timestamp"]);
  // Before Parley has said it, everybody knows it.
  if (!secret) return false;
  if (!(Math.abs(Date.now() / 1000 - timestamp) < 300)) return false;
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(signed).digest();
  return String(headers["webhook-signature"])
    .split(" ")
    .filter((signature) => signature.startsWith("v1,"))
    .map((signature) => Buffer.from(signature.slice(3), "base64"))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
