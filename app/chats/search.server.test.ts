import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { subjects, users } from "~/db/schema";
import { db } from "~test/database";
import { makeChat, pay } from "~test/factories";
import { say } from "~test/sending";
import { listChats } from "./list.server";
import { editMessage, unsendMessage } from "./revise.server";

async function search(viewer: Viewer, q: string) {
  const { chats } = await listChats(db, viewer, { filter: "all", q, size: 30 });
  return chats.map(({ chat, match }) => [chat.id, match?.seq ?? null]);
}

/** A chat of a buyer in which the seller said something. */
async function chatWith(...bodies: string[]) {
  const chat = await makeChat(db);
  await pay(db, chat);
  for (const body of bodies) await say(db, chat.seller, chat.id, body);
  return { ...chat, find: (q: string) => search(chat.buyer, q) };
}

describe("a search finds", () => {
  test.each([
    ["a word", "The saddle is new", "saddle"],
    ["a word in other case", "The SADDLE is new", "sAddle"],
    ["the beginning of the last word", "The saddle is new", "the sad"],
    ["several words in any order", "The saddle is new", "new saddle"],
    ["more words than it looks for", "a b c d e f g h", "a b c d e f g h i j k l"],
    ["accents, however they are typed", "Un café crème", "cafe\u0301"],
    ["capitals with accents", "ÄRGER", "ärger"],
    ["Greek", "Το ποδήλατο είναι κόκκινο", "ΠΟΔΉΛΑΤΟ"],
    ["Cyrillic", "Ещё продаётся?", "продаётся"],
    ["Hindi", "नमस्ते दुनिया", "दुनिया"],
    ["Arabic", "مرحبا بالعالم", "مرحبا"],
    ["Hebrew", "שלום לך", "שלום"],
    ["Chinese from the beginning", "一台自行车", "一台"],
    ["an amount", "I give you 3.50 for it", "3.50"],
    ["the beginning of an amount", "I give you 3.50 for it", "3.5"],
    ["the second number of a range", "Something like 40-50 then", "50"],
    ["a time", "At 14:30 then", "14:30"],
    ["an address", "It is on example.com/bikes now", "example.com"],
    ["words with a stroke between them", "by bus and/or train", "and/or"],
    ["parts of a word with a hyphen", "It is well-known", "known"],
    ["an apostrophe", "I don't know", "don't"],
    ["a word in quotes", 'It is "mint"', '"mint"'],
    ["words between operators", "fish and chips", "fish & (chips | !and)"],
    ["a word behind a backslash", "back slash", "back\\slash"],
    ["a word beside an emoji", "Deal 👍 friend", "👍 deal"],
    ["words around NUL", "A good deal", "good\0deal\0"],
  ])("%s", async (_, body, q) => {
    const { id, find } = await chatWith("Something else", body);
    expect(await find(q)).toEqual([[id, 3]]);
  });

  test("the newest message that matches", async () => {
    const { id, find } = await chatWith("A bell", "A lamp", "Another bell", "Both");
    expect(await find("bell")).toEqual([[id, 4]]);
  });

  test("the other party by name, the subject by title and by reference", async () => {
    const chat = await chatWith("Hello");
    await db.update(users).set({ name: "Zoë Ångström" }).where(eq(users.id, chat.seller.id));
    await db
      .update(subjects)
      .set({ title: "100% wool_rug \\ 'fine'" })
      .where(eq(subjects.reference, chat.reference));
    for (const q of ["zoë", "ÅNGSTRÖM", "Zoe\u0308", "100%", "wool_r", "rug \\ '", "'fine'"]) {
      expect(await chat.find(q)).toEqual([[chat.id, null]]);
    }
    expect(await chat.find(chat.reference.toLowerCase())).toEqual([[chat.id, null]]);
  });
});

describe("a search does not find", () => {
  test("what is not there, however it is written", async () => {
    const { find } = await chatWith("The saddle is new");
    const wild = ["%", "_", "%%%", "s_ddle", "saddle new old", "\\", "'", "''", "\\'", "--"];
    const operators = ["!", "&", "|", "<->", ":*", "()", "!saddles", "saddle <-> old", "a:b:c:*"];
    for (const q of [...wild, ...operators, "?!…", "👍", "a\0b", "\ud83d", "\u0301"]) {
      expect(await find(q)).toEqual([]);
    }
  });

  test("one's own name", async () => {
    const chat = await chatWith("Hello");
    await db.update(users).set({ name: "Somebody Unique" }).where(eq(users.id, chat.buyer.id));
    expect(await chat.find("unique")).toEqual([]);
  });

  test("what was edited away or unsent", async () => {
    const chat = await chatWith("A secret word", "Another secret");
    const windowMs = 60_000;
    await editMessage(db, chat.seller, { chatId: chat.id, seq: 2, body: "A word", windowMs });
    await unsendMessage(db, chat.seller, { chatId: chat.id, seq: 3, windowMs });
    expect(await chat.find("secret")).toEqual([]);
    expect(await chat.find("word")).toEqual([[chat.id, 2]]);
  });

  test("other people's chats, by whatever they hold", async () => {
    const chat = await chatWith("Nobody else reads peculiarities");
    const other = await chatWith("Hello");
    for (const q of ["peculiarities", chat.reference, "nobody"]) {
      expect(await other.find(q)).toEqual([]);
    }
  });
});

test("a search for nothing lists everything", async () => {
  const { id, find } = await chatWith("Hello");
  for (const q of ["", " ", "\n\t", "\0"]) expect(await find(q)).toEqual([[id, null]]);
});

test("a search of a megabyte costs no more than a short one", async () => {
  const { find } = await chatWith("Hello");
  for (const q of ["x", "x ", "x' ", "%", "a.b", "\\"]) {
    expect(await find(q.repeat(1_048_576 / q.length))).toEqual([]);
  }
});

test("a search is paged and filtered like the list", async () => {
  const chat = await chatWith("Lamp");
  const page = { filter: "unread" as const, q: "lamp", size: 1 };
  expect((await listChats(db, chat.buyer, page)).chats).toHaveLength(1);
  expect((await listChats(db, chat.seller, page)).chats).toHaveLength(0);
});
