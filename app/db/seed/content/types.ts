import type { SceneName } from "../pictures/scenes";

/** Demo content is pure data: times are relative, so that the demo looks fresh whenever it is seeded. */

type DemoRole = "user" | "moderator" | "admin";

export type DemoPerson = {
  key: string;
  email: `${string}@demo.test`;
  name: string;
  role: DemoRole;
  /** What the marketplace says of him. */
  isVerified?: boolean;
  dealsDone?: number;
};

export type DemoStage = "inquiry" | "paid" | "shipped" | "completed" | "cancelled";

type DemoCurrency = "EUR" | "USD" | "GBP" | "JPY" | "ILS" | "AED";

export type DemoListing = {
  reference: string;
  sellerKey: string;
  title: string;
  description: string;
  /** In minor units of the currency; JPY has none, so 6800 is ¥6,800. */
  priceAmount: number;
  priceCurrency: DemoCurrency;
  /** A path below `public/`. */
  picture: `/listings/${string}.svg`;
  /** Where the listing stands now, that is after every `stage_changed` line of its chats. */
  stage: DemoStage;
};

export type DemoSide = "buyer" | "seller";

type DemoSystemEvent =
  | { kind: "stage_changed"; from: DemoStage; to: DemoStage }
  | { kind: "chat_closed"; by: DemoSide };

/** `alt`: what the sender says that it shows. */
export type DemoPicture = { scene: SceneName; alt?: string };

type DemoLineBase = {
  /** 1 to 4,000 characters. */
  text: string;
  /** Whole minutes since the line before; 0 for a chat's first line. */
  minutesAfterPrevious: number;
};

export type DemoTextLine = DemoLineBase & {
  from: DemoSide;
  /** What the message said before its edit; `text` is what it says now. */
  edited?: string;
  /** The sender took it back; `text` is what it said. */
  unsent?: true;
  /** Index, in the same chat, of an earlier line. */
  replyTo?: number;
  /** What the sender showed with this line. */
  pictures?: readonly DemoPicture[];
};

export type DemoSystemLine = DemoLineBase & {
  from: "system";
  system: DemoSystemEvent;
};

export type DemoLine = DemoTextLine | DemoSystemLine;

export type DemoChat = {
  listingReference: string;
  buyerKey: string;
  /** A closed chat ends with its `chat_closed` line. */
  status: "open" | "closed";
  lines: readonly DemoLine[];
  /** When the last line was written; lines before it follow from `minutesAfterPrevious`. */
  lastActivityHoursBeforeNow: number;
  /** How many of the last lines a side has not read; absent means all read. */
  unreadFor?: { buyer?: number; seller?: number };
  archivedBy?: readonly DemoSide[];
  /** The deal went wrong; the buyer has reason to open a dispute. */
  dispute?: true;
  /** The talk is about pictures that were shown in it. */
  pictures?: true;
};
