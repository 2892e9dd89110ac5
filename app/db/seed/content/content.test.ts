import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { demoChats } from "./chats";
import { demoListings } from "./listings";
import { longChat } from "./long-chat";
import { demoPeople, fixedPeople } from "./people";
import type { DemoChat, DemoLine } from "./types";

const chats = demoChats();
const lines = chats.flatMap((chat) => chat.lines);
const sellerOf = new Map(demoListings.map((listing) => [listing.reference, listing.sellerKey]));
const nameOf = (chat: DemoChat) => `${chat.listingReference} with ${chat.buyerKey}`;

function linesNotBy(side: "buyer" | "seller", ofChat: readonly DemoLine[]): number {
  const fromTheEnd = [...ofChat].reverse().findIndex((line) => line.from === side);
  return fromTheEnd === -1 ? ofChat.length : fromTheEnd;
}

describe("the people", () => {
  test("have keys, addresses and names of their own", () => {
    for (const field of ["key", "email", "name"] as const) {
      expect(new Set(demoPeople.map((person) => person[field])).size).toBe(demoPeople.length);
    }
  });

  test("are the promised accounts and some two dozen neighbours", () => {
    expect(fixedPeople.map((person) => person.email)).toEqual([
      "buyer@demo.test",
      "seller@demo.test",
      "outsider@demo.test",
      "moderator@demo.test",
      "moderator2@demo.test",
      "admin@demo.test",
    ]);
    expect(demoPeople.length - fixedPeople.length).toBeGreaterThanOrEqual(20);
    expect(demoPeople.every((person) => person.email === `${person.key}@demo.test`)).toBe(true);
  });
});

describe("the listings", () => {
  test("are forty, of sellers who exist, at least twelve of them the demo seller's", () => {
    expect(demoListings).toHaveLength(40);
    expect(sellerOf.size).toBe(40);
    const keys = new Set(demoPeople.map((person) => person.key));
    expect(demoListings.filter((listing) => !keys.has(listing.sellerKey))).toEqual([]);
    expect([...sellerOf.values()].filter((key) => key === "seller").length).toBeGreaterThan(11);
  });

  test("have a price in whole minor units", () => {
    for (const { priceAmount } of demoListings) {
      expect(Number.isInteger(priceAmount) && priceAmount > 0).toBe(true);
    }
  });

  test("have each a picture of its own that runs and fetches nothing", () => {
    expect(new Set(demoListings.map((listing) => listing.picture)).size).toBe(40);
    for (const { picture } of demoListings) {
      const file = new URL(`../../../../public${picture}`, import.meta.url);
      const svg = readFileSync(fileURLToPath(file), "utf8");
      expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 640 480"/);
      const withoutNamespace = svg.replace('xmlns="http://www.w3.org/2000/svg"', "");
      expect(withoutNamespace).not.toMatch(
        /<script|<text|<image|<foreignObject|\son\w+=|href|https?:/i,
      );
      expect(svg.length).toBeLessThan(4_000);
    }
  });
});

describe("the chats", () => {
  test("are sixty, each pair of listing and buyer once", () => {
    expect(chats).toHaveLength(60);
    expect(new Set(chats.map(nameOf)).size).toBe(60);
  });

  test("are about listings that exist, between a buyer and another person as the seller", () => {
    const users = new Set(
      demoPeople.filter((person) => person.role === "user").map((person) => person.key),
    );
    for (const chat of chats) {
      const sellerKey = sellerOf.get(chat.listingReference);
      expect(sellerKey, nameOf(chat)).toBeDefined();
      expect(users, nameOf(chat)).toContain(chat.buyerKey);
      expect(chat.buyerKey, nameOf(chat)).not.toBe(sellerKey);
      expect([chat.buyerKey, sellerKey], nameOf(chat)).not.toContain("outsider");
    }
  });

  test("show the demo buyer what the docs promise", () => {
    const mine = chats.filter((chat) => chat.buyerKey === "buyer");
    const withSeller = mine.filter((chat) => sellerOf.get(chat.listingReference) === "seller");
    expect(mine.length).toBeGreaterThanOrEqual(12);
    expect(withSeller.length).toBeGreaterThan(mine.length / 2);
    expect(withSeller.filter((chat) => chat.unreadFor?.buyer)).toHaveLength(1);
    expect(withSeller.filter((chat) => chat.status === "closed")).toHaveLength(1);
    expect(withSeller.filter((chat) => chat.dispute)).toHaveLength(1);
    expect(withSeller.filter((chat) => chat.pictures)).toHaveLength(1);
    expect(withSeller.filter((chat) => chat.lines.length === 1_999)).toHaveLength(1);
  });

  test("are 6 to 25 lines long, but for one", () => {
    const lengths = chats.map((chat) => chat.lines.length).filter((length) => length !== 1_999);
    expect(lengths).toHaveLength(59);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(25);
  });

  test("never leave a line unread that its reader wrote or answered", () => {
    for (const chat of chats) {
      expect(chat.unreadFor?.buyer ?? 0, nameOf(chat)).toBeLessThanOrEqual(
        linesNotBy("buyer", chat.lines),
      );
      expect(chat.unreadFor?.seller ?? 0, nameOf(chat)).toBeLessThanOrEqual(
        linesNotBy("seller", chat.lines),
      );
    }
  });

  test("end with the closing line exactly when they are closed", () => {
    for (const chat of chats) {
      const closings = chat.lines.flatMap((line, index) =>
        line.from === "system" && line.system.kind === "chat_closed" ? [index] : [],
      );
      expect(closings, nameOf(chat)).toEqual(
        chat.status === "closed" ? [chat.lines.length - 1] : [],
      );
    }
  });

  test("tell of every stage on the way to where the listing stands", () => {
    for (const chat of chats) {
      let stage = "inquiry";
      for (const line of chat.lines) {
        if (line.from !== "system" || line.system.kind !== "stage_changed") continue;
        expect(line.system.from, nameOf(chat)).toBe(stage);
        stage = line.system.to;
      }
      const listing = demoListings.find(({ reference }) => reference === chat.listingReference);
      expect(stage, nameOf(chat)).toBe(listing?.stage);
    }
  });

  test("reply to earlier lines only, and wait whole minutes", () => {
    for (const chat of chats) {
      chat.lines.forEach((line, index) => {
        expect(Number.isInteger(line.minutesAfterPrevious)).toBe(true);
        expect(line.minutesAfterPrevious).toBeGreaterThanOrEqual(index === 0 ? 0 : 1);
        if (line.from === "system" || line.replyTo === undefined) return;
        expect(line.replyTo, nameOf(chat)).toBeLessThan(index);
        expect(line.replyTo, nameOf(chat)).toBeGreaterThanOrEqual(0);
      });
    }
  });

  test("are recent enough that no open chat would have closed by itself", () => {
    const sixMonths = 180 * 24;
    const open = chats.filter(({ status }) => status === "open");
    for (const chat of open) expect(chat.lastActivityHoursBeforeNow).toBeLessThan(sixMonths);
  });

  test("have one that is archived when retention first runs, with a picture", () => {
    const thirteenMonths = 13 * 31 * 24;
    const old = chats.filter((chat) => chat.lastActivityHoursBeforeNow > thirteenMonths);
    expect(old).toMatchObject([{ status: "closed" }]);
    expect(old[0]?.lines.some((line) => line.from !== "system" && line.pictures)).toBe(true);
  });
});

describe("the lines", () => {
  test("have 1 to 4,000 characters, before an edit too", () => {
    for (const line of lines) {
      const texts = line.from === "system" ? [line.text] : [line.text, line.edited ?? line.text];
      for (const text of texts) {
        expect(text.trim()).toBe(text);
        expect(text).toBe(text.normalize("NFC"));
        expect([...text].length).toBeGreaterThan(0);
        expect([...text].length).toBeLessThanOrEqual(4_000);
      }
    }
  });

  test("differ from what an edit replaced", () => {
    const unchanged = lines.filter((line) => line.from !== "system" && line.edited === line.text);
    expect(unchanged).toEqual([]);
  });

  test("come in at least eight scripts, with emoji families and flags", () => {
    const all = lines.map((line) => line.text).join("\n");
    const scripts = [
      "Latin",
      "Cyrillic",
      "Greek",
      "Arabic",
      "Hebrew",
      "Hiragana",
      "Katakana",
      "Han",
      "Devanagari",
    ].filter((script) => new RegExp(`\\p{Script=${script}}{2}`, "u").test(all));
    expect(scripts.length).toBeGreaterThanOrEqual(8);
    expect(all).toMatch(/\u{1F468}\u200D\u{1F469}\u200D\u{1F467}/u);
    expect(all).toMatch(/\p{RI}\p{RI}/u);
  });

  test("hold nothing that looks like a real phone number", () => {
    const phoneLike = /\+?\d(?:[ ().-]{0,2}\d){6,}/g;
    const found = lines.flatMap((line) => line.text.match(phoneLike) ?? []);
    expect(found.filter((run) => !/555[ -]?01\d\d/.test(run))).toEqual([]);
  });

  test("link and write to reserved example domains only", () => {
    const hosts = lines.flatMap((line) =>
      [...line.text.matchAll(/(?:https?:\/\/|@)([a-z0-9.-]+)/gi)].map((match) => match[1]),
    );
    expect(hosts.length).toBeGreaterThan(3);
    expect(hosts.filter((host) => !/^example\.(com|org|net)$/.test(host ?? ""))).toEqual([]);
  });
});

describe("the long chat", () => {
  const long = longChat();

  test("has exactly two thousand messages between buyer and seller over about five months", () => {
    expect(long.lines).toHaveLength(2_000);
    expect(long.lines.every((line) => line.from !== "system")).toBe(true);
    const minutes = long.lines.reduce((sum, line) => sum + line.minutesAfterPrevious, 0);
    expect(minutes / 60 / 24).toBeGreaterThan(120);
    expect(minutes / 60 / 24).toBeLessThan(175);
  });

  test("hardly repeats itself, and never twice running", () => {
    const texts = long.lines.map((line) => line.text);
    expect(texts.filter((text, index) => text === texts[index + 1])).toEqual([]);
    expect(new Set(texts).size).toBeGreaterThan(1_600);
  });

  test("leaves no slot unfilled", () => {
    expect(long.lines.filter((line) => /[{}]|undefined|NaN/.test(line.text))).toEqual([]);
  });

  test("can be asked for in another length", () => {
    for (const count of [600, 777, 1_999]) expect(longChat(count).lines).toHaveLength(count);
  });
});

test("the content is the same each time it is asked for", () => {
  expect(demoChats()).toEqual(chats);
});
