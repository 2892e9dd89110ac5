/**
 * A listing of the demo market with its seller. New people are always buyers, so a flow that looks
 * at the seller's side takes one of these for itself alone.
 */
const sellerOf = (reference: string, key: string) => ({ reference, email: `${key}@demo.test` });

export const market = {
  carSeat: sellerOf("L-1016", "freya"),
  teaSet: sellerOf("L-1019", "haruka"),
  keyboard: sellerOf("L-1020", "ren"),
  /** Its seller writes from right to left. */
  oud: sellerOf("L-1021", "yousef"),
  coffeePot: sellerOf("L-1022", "layla"),
  bookcase: sellerOf("L-1023", "noa"),
  shoes: sellerOf("L-1024", "eitan"),
  sewingMachine: sellerOf("L-1025", "oksana"),
  accordion: sellerOf("L-1026", "taras"),
  skateboard: sellerOf("L-1027", "mateo"),
  surfboard: sellerOf("L-1028", "aroha"),
  pan: sellerOf("L-1029", "sam"),
  boots: sellerOf("L-1030", "deniz"),
  railway: sellerOf("L-1031", "kasia"),
  console: sellerOf("L-1032", "chidi"),
  telescope: sellerOf("L-1033", "nikos"),
  chess: sellerOf("L-1034", "eleni"),
  rug: sellerOf("L-1035", "anjali"),
  stroller: sellerOf("L-1036", "lucia"),
  suitcase: sellerOf("L-1037", "linh"),
  headphones: sellerOf("L-1038", "vikram"),
  /** Its seller has a name of 80 characters. */
  mirror: sellerOf("L-1039", "maximiliane"),
  aquarium: sellerOf("L-1040", "anneliese"),
} as const;

/** A chat that was closed more than a year ago, with a picture: retention archives it. */
export const oldChat = {
  title: /Two concert tickets/,
  buyer: "linh@demo.test",
  seller: "camille@demo.test",
  says: "Et félicitations pour le bébé 🍼",
};

/** The chat of 2,000 messages. */
export const longChat = { title: /Vinyl collection/, messages: 2_000 };

/** One whose order is paid, by its seller: what may be written there. */
export const paidChat = { email: market.shoes.email, row: /נועה ש.*Climbing shoes/s };
