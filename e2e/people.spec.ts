import type { Page } from "@playwright/test";
import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import {
  chatAbout,
  chatList,
  composer,
  field,
  goLive,
  log,
  message,
  row,
  send,
} from "./chat-pages";
import { market } from "./market";

const choose = async (page: Page, label: string, on: boolean) => {
  await page.goto("/settings");
  await page.getByLabel(label).setChecked(on);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").getByText("Your choice is saved.")).toBeVisible();
};

test("who types is seen in the chat and in the list, until the message is there", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit({ phone: true }), visit()]);
  const { name } = await join(buyer);
  const chat = await chatAbout(buyer, market.suitcase);
  await goLive(buyer, chat);
  await send(buyer, "Hello");
  await signIn(seller, market.suitcase.email);
  await goLive(seller, chat);
  await expect(message(seller, "Hello")).toBeVisible();
  const typing = seller.getByText(`${name} is typing…`);
  await expect(typing).toHaveCount(0);
  await field(buyer).pressSequentially("Is it");
  await expect(typing).toBeVisible();
  await expect(row(seller, name)).toContainText("Typing…");
  await expect(buyer.getByText(/is typing/)).toHaveCount(0);
  await composer(buyer).getByRole("button", { name: "Send" }).click();
  await expect(message(seller, "Is it")).toBeVisible();
  await expect(typing).toHaveCount(0);
  await expect(row(seller, name)).not.toContainText("Typing…");

  // Who stops is not shown as typing for long.
  await field(seller).fill("Yes, it");
  const other = buyer.getByText(/is typing…/);
  await expect(other).toBeVisible();
  await field(seller).fill("");
  await expect(other).toHaveCount(0, { timeout: 15_000 });
});

test("who is there is seen in the chat and in the list, also where no script runs", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit(), visit()]);
  const { name } = await join(buyer);
  const chat = await chatAbout(buyer, market.headphones);
  await goLive(buyer, chat);
  await signIn(seller, market.headphones.email);
  await goLive(seller, chat);
  const inChat = (page: Page) => page.locator("header").getByText("Online", { exact: true });
  await expect(inChat(seller)).toBeVisible();
  await expect(row(seller, name)).toContainText("Online");
  await expect(inChat(buyer)).toBeVisible();
  const plain = await visit({ javaScript: false });
  await signIn(plain, market.headphones.email);
  await plain.goto("/chats");
  await expect(row(plain, name)).toContainText("Online");

  await choose(buyer, "Online status", false);
  await expect(row(seller, name)).not.toContainText("Online");
  await expect(inChat(seller)).toHaveCount(0);
  await buyer.goto(chat);
  await expect(log(buyer)).toBeVisible();
  await expect(chatList(buyer)).not.toContainText("Online");

  await choose(buyer, "Online status", true);
  await expect(row(seller, name)).toContainText("Online");
  // Signing out is leaving at once.
  await buyer.getByRole("button", { name: "Sign out" }).click();
  await expect(row(seller, name)).not.toContainText("Online");
});

test("who turns read receipts off shows none and sees none, and can turn them on again", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit(), visit({ javaScript: false })]);
  await join(buyer);
  const chat = await chatAbout(buyer, market.aquarium);
  await goLive(buyer, chat);
  await send(buyer, "Hello");
  await signIn(seller, market.aquarium.email);
  await seller.goto(chat);
  await expect(message(buyer, "Hello").getByTitle("Read", { exact: true })).toBeVisible();

  // By a plain form, and the page that is open follows by itself.
  await choose(seller, "Read receipts", false);
  await expect(message(buyer, "Hello").getByTitle("Delivered")).toBeVisible();
  await seller.goto(chat);
  await expect(message(seller, "Hello")).toBeVisible();
  await send(seller, "Good day");
  await expect(message(buyer, "Good day")).toBeVisible();
  await expect(message(seller, "Good day").getByTitle("Read", { exact: true })).toHaveCount(0);
  await buyer.reload();
  await expect(message(buyer, "Hello").getByTitle("Delivered")).toBeVisible();
  await seller.reload();
  await expect(message(seller, "Good day").getByTitle(/Delivered/)).toBeVisible();

  await choose(seller, "Read receipts", true);
  await expect(message(buyer, "Hello").getByTitle("Read", { exact: true })).toBeVisible();
  await seller.goto(chat);
  await expect(message(seller, "Good day").getByTitle("Read", { exact: true })).toBeVisible();
});

test("the settings can be reached and changed with the keyboard alone", async ({ visit }) => {
  const page = await visit();
  await join(page);
  await page.goto("/chats");
  await page.getByRole("link", { name: "Settings" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  const reads = page.getByLabel("Read receipts");
  await expect(reads).toBeChecked();
  await reads.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Online status")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").getByText("Your choice is saved.")).toBeVisible();
  await page.reload();
  await expect(reads).not.toBeChecked();
  await expect(page.getByLabel("Online status")).toBeChecked();
});
