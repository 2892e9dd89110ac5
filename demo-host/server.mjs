import { randomBytes, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { listings, moves, movesFor, openMarket, people, personOf } from "./market.mjs";
import * as pages from "./pages.mjs";
import { parleyAt, Refused } from "./parley.mjs";
import { webhookLog } from "./webhooks.mjs";

/** @typedef {import("node:http").IncomingMessage} Request */
/** @typedef {import("./market.mjs").Order} Order */
/** @typedef {import("./market.mjs").Person} Person */
/** @typedef {{ status?: number, page?: string, to?: string, cookie?: string }} Answer */
/** @typedef {{ method: string, path: string[], session: string, person: Person | null, form: URLSearchParams }} Asked */

/** Browsers send a host's cookies to all its ports: Parley on this machine has one called `session`. */
const cookieName = "demo_host";
/** Of a body, in bytes. */
const longest = 256 * 1024;
const hook = "/parley/webhooks";
const eventTypes = [
  "message.created",
  "message.updated",
  "chat.created",
  "chat.closed",
  "dispute.opened",
  "dispute.resolved",
];

/**
 * A little marketplace beside Parley, with nothing of Parley's but its public API.
 *
 * @param {import("./parley.mjs").Settings & { port: number }} settings port 0 takes any that is free
 * @returns {Promise<{ address: string, stop: () => Promise<void> }>}
 */
export async function startDemoHost({ port, ...settings }) {
  const parley = parleyAt(settings);
  const market = openMarket(() => `demo-host-order-${randomUUID()}`);
  const log = webhookLog();
  /** @type {Map<string, Person>} */
  const sessions = new Map();
  let secret = "";

  /** Says all that Parley has to know of an order: again, where it failed. @param {Order} order */
  async function tell(order) {
    const buyer = personOf(order.buyerId);
    const seller = personOf(order.listing.sellerId);
    order.chatId ??= await parley.openChat(order.reference, order.listing, { buyer, seller });
    await parley.tellStage(order);
  }

  let telling = Promise.resolve();

  /** One after the other, so that stages come in their order. @param {Order} order */
  function tellParley(order) {
    const told = telling.then(() => tell(order));
    telling = told.catch(() => {});
    return told;
  }

  /** @param {string | undefined} externalId @returns {Answer | null} */
  function signIn(externalId) {
    const person = people.find((one) => one.externalId === externalId);
    if (!person) return null;
    const token = randomBytes(32).toString("base64url");
    sessions.set(token, person);
    return { to: "/", cookie: `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Lax` };
  }

  /** @param {Person} person @param {Asked} asked @returns {Promise<Answer | null>} */
  async function answerListing(person, { method, path: [, reference, act] }) {
    const listing = listings.find((one) => one.reference === reference);
    if (!listing) return null;
    if (method === "GET") {
      return act ? null : { page: pages.listingPage(person, listing, market.isSold(listing)) };
    }
    if (act === "message" && listing.sellerId !== person.externalId) {
      const sides = { buyer: person, seller: personOf(listing.sellerId) };
      const chatId = await parley.openChat(listing.reference, listing, sides);
      return { to: await parley.signInLink(person, `/chats/${chatId}`) };
    }
    if (act !== "buy") return null;
    const order = market.buy(listing, person);
    if (!order) throw new Refused({ title: "It is sold, or your own" });
    await tellParley(order);
    return { to: `/orders/${order.reference}` };
  }

  /** @param {Person} person @param {Asked} asked @returns {Promise<Answer | null>} */
  async function answerOrder(person, { method, path: [, reference = "", act = ""], form }) {
    const order = market.findOrder(reference, person);
    if (!order) return null;
    const back = { to: `/orders/${reference}` };
    if (method === "GET") return act ? null : { page: pages.orderPage(person, order) };
    const move = Object.hasOwn(moves, act) ? moves[act] : undefined;
    if (move) {
      // Pressed twice, it is done once.
      if (movesFor(order, person).includes(act)) order.stage = move.to;
      else if (order.stage !== move.to) throw new Refused({ title: `The order is ${order.stage}` });
    }
    if (move || act === "tell-parley") {
      await tellParley(order);
      return back;
    }
    if (!order.chatId) throw new Refused({ title: "Parley does not know of this order yet" });
    if (act === "chat") return { to: await parley.signInLink(person, `/chats/${order.chatId}`) };
    if (act === "tell") {
      const said = { clientId: form.get("clientId") ?? "", body: form.get("body") ?? "" };
      await parley.tellBoth(order.chatId, said);
      return back;
    }
    if (act !== "dispute") return null;
    const claim = { reason: form.get("reason") ?? "", statement: form.get("statement") ?? "" };
    await parley.openDispute(order.chatId, claim);
    return back;
  }

  /** @param {Asked} asked @returns {Promise<Answer | null>} null where there is nothing */
  async function answer(asked) {
    const { method, person, form } = asked;
    const [area = "", ...rest] = asked.path;
    const isShown = method === "GET" && rest.length === 0;
    if (area === "webhooks" && isShown) return { page: pages.webhooksPage(person, log.told()) };
    if (area === "sign-in" && method === "POST") return signIn(form.get("person") ?? undefined);
    if (!person) return method === "GET" ? { page: pages.signInPage() } : { to: "/" };
    if (area === "" && isShown) return { page: pages.listingsPage(person, market.isSold) };
    if (area === "orders" && isShown) {
      return { page: pages.ordersPage(person, market.ordersOf(person)) };
    }
    if (area === "sign-out" && method === "POST") {
      sessions.delete(asked.session);
      return { to: "/", cookie: `${cookieName}=; Path=/; Max-Age=0` };
    }
    if (area === "listings") return answerListing(person, asked);
    return area === "orders" ? answerOrder(person, asked) : null;
  }

  /** @param {Request} request @param {string} body @returns {Promise<Answer>} */
  async function reply(request, body) {
    const { method = "", headers } = request;
    const { pathname } = new URL(request.url ?? "/", "http://host");
    if (method === "POST" && pathname === hook) {
      return { status: log.take(secret, headers, body) ? 204 : 401 };
    }
    const session = readSession(request);
    const person = sessions.get(session) ?? null;
    /** @param {number} status @param {string} words */
    const fail = (status, words) => ({ status, page: pages.failurePage(person, words) });
    if (method !== "GET" && method !== "POST") return fail(405, "Nothing is done so here.");
    if (method === "POST" && headers.origin !== `http://${headers.host}`) {
      return fail(403, "This form is not of this market.");
    }
    const path = pathname.split("/").slice(1);
    try {
      const form = new URLSearchParams(body);
      return (
        (await answer({ method, path, session, person, form })) ??
        fail(404, "There is no such page.")
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const from = method === "POST" ? `/${path.slice(0, 2).join("/")}` : "/";
      return { status: 502, page: pages.failurePage(person, error.message, from) };
    }
  }

  const { origin } = new URL(settings.url);
  // Forms lead to Parley, by a redirect; nothing else comes from anywhere.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${origin}; frame-ancestors 'none'; base-uri 'none'`;

  const server = createServer(async (request, response) => {
    try {
      const body = await readBody(request);
      const { status, page, to, cookie } =
        body === null ? { status: 413, page: "Too long" } : await reply(request, body);
      if (cookie) response.setHeader("Set-Cookie", cookie);
      if (to) response.setHeader("Location", to);
      response.writeHead(status ?? (to ? 303 : 200), {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
      });
      response.end(page);
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end("Something went wrong here");
    }
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(undefined));
  });
  const stop = () =>
    new Promise((/** @type {(value: void) => void} */ resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const at = server.address();
  const address = `http://127.0.0.1:${typeof at === "object" ? at?.port : port}`;
  try {
    secret = await parley.tellMeAt(`${address}${hook}`, eventTypes);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}

/** @param {Request} request */
function readSession({ headers }) {
  const found = new RegExp(`(?:^|; )${cookieName}=([\\w-]+)`).exec(headers.cookie ?? "");
  return found?.[1] ?? "";
}

/** @param {Request} request @returns {Promise<string | null>} null for what is too long */
async function readBody(request) {
  /** @type {Buffer[]} */
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > longest) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
