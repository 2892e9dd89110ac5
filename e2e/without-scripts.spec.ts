import type { Page } from "@playwright/test";
import { join, joinByPage, signIn, signInByPage } from "./accounts";
import { expect, test } from "./browsers";
import {
  chatList,
  composer,
  field,
  log,
  message,
  messages,
  row,
  send,
  seqs,
  startChat,
  titleCount,
} from "./chat-pages";
import { longChat, market } from "./market";

const plain = { javaScript: false };

test("without scripts a buyer joins, finds a listing, starts a chat and talks", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit({ ...plain, phone: true }), visit(plain)]);
  const { name } = await joinByPage(buyer);
  await buyer.getByRole("link", { name: "Browse listings" }).click();
  await buyer.getByRole("link", { name: /Two-person tent/ }).click();
  await expect(buyer.getByRole("button", { name: "Message seller" })).toBeVisible();
  await startChat(buyer, market.bookcase);
  await send(buyer, "Would you deliver it?\nThird floor.");
  await expect(message(buyer, "Would you deliver it?\nThird floor.")).toContainText("Sent");
  await expect(field(buyer)).toHaveValue("");

  await signInByPage(seller, market.bookcase.email);
  await expect(row(seller, name)).toContainText("1 unread");
  const before = await titleCount(seller);
  await row(seller, name).getByRole("link").click();
  await expect(messages(seller).last()).toContainText("Would you deliver it?");
  await seller.goto("/chats");
  await expect(row(seller, name)).not.toContainText("unread");
  expect(await titleCount(seller)).toBe(before - 1);

  await row(seller, name).getByRole("link").click();
  await send(seller, "Gladly, for ten more.");
  await buyer.reload();
  await expect(message(buyer, "Gladly, for ten more.")).toBeVisible();
  await expect(messages(buyer).nth(1)).toContainText("Read");
});

test("a plain form that is sent again is sent once", async ({ visit }) => {
  const page = await visit(plain);
  await join(page);
  const chat = await startChat(page, market.pan);
  const clientId = await composer(page).locator("[name=clientId]").inputValue();
  const post = (body: string) =>
    page.request.post(chat, {
      form: { intent: "send", clientId, body },
      headers: { Origin: new URL(page.url()).origin },
      maxRedirects: 0,
    });
  for (let times = 0; times < 3; times += 1) {
    const answer = await post("Just once");
    expect([answer.status(), answer.headers().location]).toEqual([303, chat]);
  }
  expect((await post("Other words under the same id")).status()).toBe(422);
  await page.reload();
  await expect(message(page, "Just once")).toHaveCount(1);
  await expect(messages(page)).toHaveCount(2);
});

test("what is refused says why beside the field and keeps what was typed", async ({ visit }) => {
  const page = await visit(plain);
  await join(page);
  await startChat(page, market.pan);
  await refused(page, "x".repeat(4_001), /too long.*4,000 characters/);
  await refused(page, "   ", /Please write something first/);
  await expect(messages(page)).toHaveCount(1);
  await send(page, "e\u0301".repeat(4_000));
  await expect(messages(page)).toHaveCount(2);
});

async function refused(page: Page, typed: string, why: RegExp) {
  await send(page, typed);
  await expect(field(page)).toHaveAccessibleDescription(why);
  await expect(field(page)).toHaveValue(typed);
}

test("without scripts a message is edited, taken back and answered", async ({ visit }) => {
  const page = await visit(plain);
  await join(page);
  await startChat(page, market.pan);
  await send(page, "Is it rusty?");
  await menuOf(page, "Is it rusty?", "Edit");
  await expect(field(page)).toHaveValue("Is it rusty?");
  await field(page).fill("Is it rusty at all?");
  await composer(page).getByRole("button", { name: "Save" }).click();
  await expect(message(page, "Is it rusty at all?")).toContainText("edited");

  await menuOf(page, "Is it rusty at all?", "Reply");
  await expect(composer(page)).toContainText("Is it rusty at all?");
  await send(page, "I mean inside.");
  const answer = messages(page).filter({ hasText: "I mean inside." });
  await answer.getByRole("link", { name: /Is it rusty at all/ }).click();
  await expect(page).toHaveURL(/around=2#m-2$/);

  await menuOf(page, "Is it rusty at all?", "Take back");
  await expect(messages(page).nth(1)).toContainText("This message was taken back");
  await expect(log(page)).not.toContainText("Is it rusty at all?");
});

async function menuOf(page: Page, text: string, item: string) {
  const one = messages(page).filter({ hasText: text }).first();
  await one.hover();
  await one.getByLabel("Message options").click();
  await one.getByText(item, { exact: true }).click();
}

test("without scripts a chat is archived and closed, once it was asked whether it should", async ({
  visit,
}) => {
  const page = await visit(plain);
  await join(page);
  const chat = await startChat(page, market.pan);
  await page.getByLabel("Chat options").click();
  await page.getByRole("button", { name: "Archive chat" }).click();
  await expect(page).toHaveURL("/chats");
  await expect(chatList(page).getByRole("listitem")).toHaveCount(0);
  await page.getByRole("link", { name: "Archived" }).click();
  await expect(row(page, "Cast-iron pan")).toBeVisible();

  await page.goto(chat);
  await page.getByLabel("Chat options").click();
  await page.getByRole("link", { name: "Close chat" }).click();
  await page.getByRole("button", { name: "Close chat" }).click();
  await expect(page.getByText("This chat is closed.")).toBeVisible();
  await expect(messages(page).last()).toContainText("The buyer closed this chat");
  await expect(field(page)).toHaveCount(0);
});

test("without scripts the history is paged to its beginning and back, without gap or repeat", async ({
  visit,
}) => {
  const page = await visit(plain);
  await signIn(page, "seller@demo.test");
  await page.goto("/chats");
  await row(page, longChat.title).getByRole("link").click();
  await expect(messages(page)).toHaveCount(40);
  const newest = await seqs(page);
  expect(newest).toEqual(range(newest.at(-1) ?? 0, 40));
  await page.getByRole("link", { name: "Older messages" }).click();
  await expect.poll(() => seqs(page)).toEqual(range((newest[0] ?? 0) - 1, 40));
  await page.getByRole("link", { name: "Newer messages" }).click();
  await expect.poll(() => seqs(page)).toEqual(newest);
});

/** `count` seqs that end at `last`. */
function range(last: number, count: number) {
  return Array.from({ length: count }, (_, at) => last - count + 1 + at);
}

test("without scripts a search finds a message and leads to it", async ({ visit }) => {
  const page = await visit(plain);
  await join(page);
  await startChat(page, market.pan);
  await send(page, "Does it fit a rectangular grillplate?");
  await page.goto("/chats");
  await page.getByRole("searchbox", { name: "Search chats and messages" }).fill("grillplate");
  await page.keyboard.press("Enter");
  const found = chatList(page).getByRole("listitem");
  await expect(found).toHaveCount(1);
  await expect(found).toContainText("rectangular grillplate?");
  await found.getByRole("link").click();
  await expect(page).toHaveURL(/around=2/);
  await expect(messages(page).last()).toContainText("grillplate");

  await page.goto("/chats?q=nobodyeverwrotethis");
  await expect(chatList(page)).toContainText("Nothing found for “nobodyeverwrotethis”.");
});
