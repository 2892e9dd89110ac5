import { randomUUID } from "node:crypto";
import { listings, moves, movesFor, people, personOf, sideOf } from "./market.mjs";

/** @typedef {import("./market.mjs").Listing} Listing */
/** @typedef {import("./market.mjs").Order} Order */
/** @typedef {import("./market.mjs").Person} Person */

const style = `:root{color-scheme:light dark;background:light-dark(#fff,#16191b);color:light-dark(#1b1f20,#e8eaea)}
body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem;overflow-wrap:break-word}
nav{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;border-bottom:1px solid;padding-bottom:.75rem}
ul{list-style:none;padding:0}li,fieldset{border:1px solid GrayText;border-radius:.5rem;padding:.75rem 1rem;margin:.75rem 0}
form{display:inline-block;margin:.25rem .5rem .25rem 0}fieldset form,label{display:block}
button{font:inherit;padding:.5rem 1rem;border-radius:.5rem;border:1px solid;cursor:pointer}
input,select,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.4rem;margin-bottom:.5rem}
a{color:light-dark(#0b57d0,#a8c7fa);padding:.5rem 0}table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.3rem .6rem .3rem 0;vertical-align:top;overflow-wrap:anywhere}
[role=alert]{border:2px solid;border-radius:.5rem;padding:.75rem 1rem}`;

/** @param {unknown} text */
function escaped(text) {
  return String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Of HTML that is right already. */
class Html {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/**
 * Escapes all that is put in, unless it was made here.
 *
 * @param {TemplateStringsArray} strings @param {...unknown} values
 */
function html(strings, ...values) {
  const put = values.map((value) =>
    [value ?? ""]
      .flat()
      .map((one) => (one instanceof Html ? one.text : escaped(one)))
      .join(""),
  );
  return new Html(String.raw({ raw: strings }, ...put));
}

/** @param {string} action @param {string} label @param {unknown} [fields] */
const button = (action, label, fields) =>
  html`<form method="post" action="${action}">${fields}<button>${label}</button></form>`;

/** @param {number} cents */
const euros = (cents) =>
  new Intl.NumberFormat("en-IE", { style: "currency", currency: "EUR" }).format(cents / 100);

/**
 * @param {string} title @param {Person | null} person who is signed in
 * @param {Html | Html[]} content
 */
function page(title, person, content) {
  const who = person
    ? html`<span>You are ${person.name}</span>${button("/sign-out", "Sign out")}`
    : html`<a href="/">Sign in</a>`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} · Demo host</title>
<style>${new Html(style)}</style></head><body>
<nav><strong>Demo host</strong><a href="/">Listings</a><a href="/orders">Orders</a><a href="/webhooks">Webhooks</a>${who}</nav>
<main><h1>${title}</h1>${content}</main></body></html>`.text;
}

export function signInPage() {
  const choices = people.map(
    (one) =>
      html`<li>${one.name}, ${one.dealsDone} deals done ${button(
        "/sign-in",
        `Sign in as ${one.name}`,
        html`<input type="hidden" name="person" value="${one.externalId}">`,
      )}</li>`,
  );
  return page(
    "Who are you?",
    null,
    html`<p>A little marketplace. Its people sign in here, and never at Parley.</p>
<ul>${choices}</ul>`,
  );
}

/** @param {Person} person @param {(listing: Listing) => boolean} isSold */
export function listingsPage(person, isSold) {
  const rows = listings.map(
    (one) => html`<li><a href="/listings/${one.reference}">${one.title}</a>, ${euros(one.cents)},
of ${personOf(one.sellerId).name}${isSold(one) ? " (sold)" : ""}</li>`,
  );
  return page("Listings", person, html`<ul>${rows}</ul>`);
}

/** @param {Person} person @param {Listing} listing @param {boolean} isSold */
export function listingPage(person, listing, isSold) {
  const path = `/listings/${listing.reference}`;
  const acts =
    listing.sellerId === person.externalId
      ? html`<p>This is yours.</p>`
      : html`${button(`${path}/message`, "Message the seller")}${
          isSold ? html`<p>It is sold.</p>` : button(`${path}/buy`, "Buy")
        }`;
  return page(
    listing.title,
    person,
    html`<p>${listing.description}</p>
<p>${euros(listing.cents)}, of ${personOf(listing.sellerId).name}</p>${acts}`,
  );
}

/** @param {Person} person @param {Order[]} orders */
export function ordersPage(person, orders) {
  const rows = orders.map(
    (one) => html`<li><a href="/orders/${one.reference}">${one.listing.title}</a>: ${one.stage},
you are the ${sideOf(one, person)}</li>`,
  );
  return page("Orders", person, rows.length ? html`<ul>${rows}</ul>` : html`<p>None yet.</p>`);
}

/** @type {Record<string, string>} */
const moveLabels = { ship: "Ship", complete: "Complete", cancel: "Cancel" };

/** @type {Record<string, string>} */
export const disputeReasons = {
  not_received: "It did not arrive",
  not_as_described: "It is not as described",
  payment: "Something about the payment",
  other: "Something else",
};

/** @param {Person} person @param {Order} order */
export function orderPage(person, order) {
  const path = `/orders/${order.reference}`;
  const steps = movesFor(order, person).map((name) =>
    button(`${path}/${name}`, moveLabels[name] ?? moves[name]?.to ?? name),
  );
  const isTold = order.chatId !== undefined && order.told === order.stage;
  const reasons = Object.entries(disputeReasons).map(
    ([value, words]) => html`<option value="${value}">${words}</option>`,
  );
  const inChat = html`${button(`${path}/chat`, "Open the chat")}
<fieldset><legend>As the marketplace</legend>
<form method="post" action="${path}/tell"><input type="hidden" name="clientId" value="${randomUUID()}">
<label>What both sides are told<input name="body" required maxlength="500" value="The parcel was handed to the carrier."></label>
<button>Tell both sides</button></form></fieldset>
<fieldset><legend>When it goes wrong</legend>
<form method="post" action="${path}/dispute"><label>What it is about<select name="reason">${reasons}</select></label>
<label>In your words, for both sides<textarea name="statement" required maxlength="1000"></textarea></label>
<button>Open a dispute</button></form></fieldset>`;
  return page(
    `Order: ${order.listing.title}`,
    person,
    html`
<p>Stage: <strong>${order.stage}</strong>. ${personOf(order.listing.sellerId).name} sells, ${personOf(order.buyerId).name} buys.</p>
${isTold ? "" : html`<p role="alert">Parley does not know that yet. ${button(`${path}/tell-parley`, "Tell Parley")}</p>`}
${steps}${order.chatId ? inChat : ""}`,
  );
}

/** @param {Person | null} person @param {import("./webhooks.mjs").Told[]} told */
export function webhooksPage(person, told) {
  const rows = told.map(
    ({
      at,
      type,
      chatId,
      isVerified,
      times,
    }) => html`<tr><td><time datetime="${at}">${at.slice(11, 19)}</time></td><td>${type}${times > 1 ? ` (came ${times} times)` : ""}</td>
<td>${chatId}</td><td>${isVerified ? "verified" : "refused"}</td></tr>`,
  );
  const table = html`<table><thead><tr><th>UTC</th><th>Type</th><th>Chat</th><th>Signature</th></tr></thead>
<tbody>${rows}</tbody></table>`;
  return page(
    "Webhooks",
    person,
    html`<p>What Parley told of, in the order in which it came.</p>
<p><a href="/webhooks">Look again</a></p>${told.length ? table : html`<p>Nothing yet.</p>`}`,
  );
}

/** @param {Person | null} person @param {string} words @param {string} [back] */
export const failurePage = (person, words, back = "/") =>
  page(
    "That did not work",
    person,
    html`<p role="alert">${words}</p><p><a href="${back}">Back</a></p>`,
  );
