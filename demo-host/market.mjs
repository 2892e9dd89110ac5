/** @typedef {{ externalId: string, name: string, isVerified: boolean, dealsDone: number }} Person */
/** @typedef {{ reference: string, sellerId: string, title: string, description: string, cents: number }} Listing */
/** @typedef {"paid" | "shipped" | "completed" | "cancelled"} Stage */
/**
 * `told` is the stage that Parley has heard of: behind `stage` where it could not be reached.
 *
 * @typedef {{ reference: string, listing: Listing, buyerId: string, stage: Stage, told?: Stage, chatId?: string }} Order
 */

/** @type {Person[]} */
export const people = [
  { externalId: "demo-host-mira", name: "Mira", isVerified: true, dealsDone: 41 },
  { externalId: "demo-host-tomke", name: "Tomke", isVerified: true, dealsDone: 7 },
  { externalId: "demo-host-ilvo", name: "Ilvo", isVerified: false, dealsDone: 0 },
];

/** @type {Listing[]} */
export const listings = [
  {
    reference: "demo-host-bicycle",
    sellerId: "demo-host-mira",
    title: "Green bicycle, 56 cm",
    description: "Seven gears, new brakes, a basket.",
    cents: 14_500,
  },
  {
    reference: "demo-host-armchair",
    sellerId: "demo-host-mira",
    title: "Armchair, grey wool",
    description: "From a home without pets.",
    cents: 8_000,
  },
  {
    reference: "demo-host-camera",
    sellerId: "demo-host-tomke",
    title: "Camera with two lenses",
    description: "It works; the bag is worn.",
    cents: 22_000,
  },
  {
    reference: "demo-host-kettle",
    sellerId: "demo-host-ilvo",
    title: "Kettle, copper",
    description: "Two litres.",
    cents: 1_900,
  },
];

/** Who may move an order where, and from where. @type {Record<string, { from: Stage[], to: Stage, by: "seller" | "buyer" | "both" }>} */
export const moves = {
  ship: { from: ["paid"], to: "shipped", by: "seller" },
  complete: { from: ["shipped"], to: "completed", by: "buyer" },
  cancel: { from: ["paid"], to: "cancelled", by: "both" },
};

/** @param {string} externalId @returns {Person} */
export function personOf(externalId) {
  const person = people.find((one) => one.externalId === externalId);
  if (!person) throw new Error(`Nobody is called ${externalId}`);
  return person;
}

/** What was bought since the start: this market forgets it when it ends. @param {() => string} newReference */
export function openMarket(newReference) {
  /** @type {Map<string, Order>} */
  const orders = new Map();

  return {
    /** @param {Person} person what he bought or sold, the latest first */
    ordersOf: (person) => [...orders.values()].filter((order) => sideOf(order, person)).reverse(),

    /** @param {string} reference @param {Person} person null also for an order of others */
    findOrder(reference, person) {
      const order = orders.get(reference);
      return order && sideOf(order, person) ? order : null;
    },

    /** @param {Listing} listing */
    isSold: (listing) =>
      [...orders.values()].some((one) => one.listing === listing && one.stage !== "cancelled"),

    /** @param {Listing} listing @param {Person} buyer null where it is sold, or his own @returns {Order | null} */
    buy(listing, buyer) {
      if (this.isSold(listing) || listing.sellerId === buyer.externalId) return null;
      const reference = newReference();
      /** @type {Order} */
      const order = { reference, listing, buyerId: buyer.externalId, stage: "paid" };
      orders.set(reference, order);
      return order;
    },
  };
}

/** @param {Order} order @param {Person} person @returns {"buyer" | "seller" | null} */
export function sideOf({ buyerId, listing }, { externalId }) {
  if (externalId === buyerId) return "buyer";
  return externalId === listing.sellerId ? "seller" : null;
}

/** @param {Order} order @param {Person} person @returns {string[]} the names of the moves that he can make now */
export function movesFor(order, person) {
  const side = sideOf(order, person);
  return Object.keys(moves).filter((name) => {
    const move = moves[name];
    return move?.from.includes(order.stage) && (move.by === "both" || move.by === side);
  });
}
