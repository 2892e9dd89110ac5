import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { SignJWT } from "jose";

/** @typedef {import("./market.mjs").Listing} Listing */
/** @typedef {import("./market.mjs").Order} Order */
/** @typedef {import("./market.mjs").Person} Person */
/** @typedef {{ url: string, key: string, ssoIssuer: string, ssoSecret: string }} Settings */

/** A call is made so often where Parley cannot be reached, or asks to come again. */
const attempts = 3;

/** What Parley refused, in words for people. */
export class Refused extends Error {
  /** @param {{ title?: string, detail?: string, reason?: string, errors?: { path: string, message: string }[] }} problem */
  constructor({ title = "Parley refused it", detail, reason, errors = [] }) {
    const wrong = errors.map(({ path, message }) => `${path} ${message}`.trim());
    const said = [title, detail, reason && `(${reason})`, ...wrong].filter(Boolean);
    super(said.join(" – "));
  }
}

/** The part of Parley's API that this market uses. @param {Settings} settings */
export function parleyAt({ url, key, ssoIssuer, ssoSecret }) {
  /**
   * Repeats what may have been lost on the way. With the same `Idempotency-Key` nothing is done twice.
   *
   * @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>}
   */
  async function call(method, path, body) {
    const headers = {
      Authorization: `Bearer ${key}`,
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...(method === "POST" && { "Idempotency-Key": randomUUID() }),
    };
    const sent = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
    for (let attempt = 1; ; attempt++) {
      const signal = AbortSignal.timeout(10_000);
      const answer = await fetch(`${url}/api/v1${path}`, { ...sent, signal }).catch(() => null);
      if (answer?.ok) return answer.status === 204 ? null : await answer.json();
      if (answer && answer.status !== 503) throw new Refused(await problemOf(answer));
      if (attempt === attempts) throw new Refused({ title: "Parley cannot be reached" });
      await pause(300 * attempt);
    }
  }

  /** @param {Person} person @returns {Promise<{ id: string }>} */
  const saveUser = (person) => call("POST", "/users", person);

  /** @param {string} reference @param {Listing} listing @param {string} [stage] */
  const saveSubject = (reference, { title, description, cents, sellerId }, stage) =>
    call("PUT", `/subjects/${encodeURIComponent(reference)}`, {
      title,
      description,
      price: { amount: cents, currency: "EUR" },
      sellerExternalId: sellerId,
      stage,
    });

  /**
   * Says who both are and what it is about, and opens their chat: all of it as often as one likes.
   *
   * @param {string} reference @param {Listing} listing @param {{ buyer: Person, seller: Person }} sides
   * @returns {Promise<string>} the chat's id
   */
  async function openChat(reference, listing, { buyer, seller }) {
    const [{ id: buyerId }] = await Promise.all([saveUser(buyer), saveUser(seller)]);
    await saveSubject(reference, listing);
    const chat = await call("POST", "/chats", { reference, buyerId });
    return chat.id;
  }

  return {
    openChat,

    /** Tells Parley how far an order is: each of its chats says so. @param {Order} order */
    async tellStage(order) {
      const { stage } = order;
      await saveSubject(order.reference, order.listing, stage);
      order.told = stage;
    },

    /** @param {string} chatId @param {{ clientId: string, body: string }} said the same `clientId` is the same message */
    tellBoth: (chatId, said) =>
      call("POST", `/chats/${chatId}/messages`, { ...said, type: "system" }),

    /** @param {string} chatId @param {{ reason: string, statement: string }} claim */
    openDispute: (chatId, claim) => call("POST", `/chats/${chatId}/disputes`, claim),

    /**
     * Where to send somebody who is signed in here. Good once and for a minute: made when he clicks.
     *
     * @param {Person} person @param {string} path on Parley
     */
    async signInLink({ externalId, name, isVerified, dealsDone }, path) {
      const token = await new SignJWT({ name, verified: isVerified, deals_done: dealsDone })
        .setProtectedHeader({ alg: "HS256" })
        .setIssuer(ssoIssuer)
        .setAudience("parley")
        .setSubject(externalId)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime("1m")
        .sign(new TextEncoder().encode(ssoSecret));
      return `${url}/sso?${new URLSearchParams({ token, redirectTo: path })}`;
    },

    /**
     * Has Parley post its events here, in place of what a former run asked for.
     *
     * @param {string} endpoint @param {string[]} eventTypes
     * @returns {Promise<string>} the secret that they are signed with: it is shown this once
     */
    async tellMeAt(endpoint, eventTypes) {
      const { data } = await call("GET", "/webhooks");
      for (const { id, url } of data) if (url === endpoint) await call("DELETE", `/webhooks/${id}`);
      const { secret } = await call("POST", "/webhooks", { url: endpoint, eventTypes });
      return secret;
    },
  };
}

/** `application/problem+json`, or what a proxy in between answers. @param {Response} answer */
async function problemOf(answer) {
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch {
    return { title: `Parley answered ${answer.status}` };
  }
}
