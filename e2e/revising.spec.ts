import type { Page } from "@playwright/test";
import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import {
  chatAbout,
  composer,
  field,
  goLive,
  log,
  message,
  messages,
  openMenu,
  row,
  send,
} from "./chat-pages";
import { market } from "./market";
import { tolerates } from "./sends";

test("an edit and a message that is taken back show on the other side at once", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit({ phone: true }), visit()]);
  const { name } = await join(buyer);
  const chat = await chatAbout(buyer, market.skateboard);
  await goLive(buyer, chat);
  await signIn(seller, market.skateboard.email);
  await goLive(seller, chat);

  // Wide enough to leave no room beside it on the phone.
  const offer = "I offer 20, and I bring the cash on Saturday morning if that suits you";
  await send(buyer, offer);
  await expect(message(seller, offer)).toBeVisible();
  await choose(buyer, offer, "Edit");
  await expect(field(buyer)).toBeFocused();
  await expect(field(buyer)).toHaveValue(offer);
  await field(buyer).fill("I offer 25");
  await composer(buyer).getByRole("button", { name: "Save" }).click();
  await expect(message(seller, "I offer 25")).toContainText("edited");
  await expect(log(seller)).not.toContainText(offer);
  await expect(row(seller, name)).toContainText("I offer 25");
  await expect(field(buyer)).toHaveValue("");

  await choose(buyer, "I offer 25", "Take back");
  for (const page of [buyer, seller]) {
    await expect(messages(page).nth(1)).toContainText("This message was taken back");
    await expect(log(page)).not.toContainText("I offer 25");
  }
  await expect(row(seller, name)).toContainText("This message was taken back");
  await expect(messages(buyer).nth(1).getByLabel("Message options")).toHaveCount(0);
});

test("an edit that finds no connection says so and keeps the words", async ({ visit }) => {
  const page = await visit({ tolerates });
  await join(page);
  await goLive(page, await chatAbout(page, market.pan));
  await send(page, "Before");
  await choose(page, "Before", "Edit");
  await expect(field(page)).toHaveValue("Before");
  await page.context().setOffline(true);
  await field(page).fill("After");
  await composer(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("Not sent");
  await expect(field(page)).toHaveValue("After");
  await page.context().setOffline(false);
  await composer(page).getByRole("button", { name: "Save" }).click();
  await expect(message(page, "After")).toContainText("edited");
});

test("old messages and those of others offer no change", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "buyer@demo.test");
  await page.goto("/chats");
  await row(page, "Mantel clock").getByRole("link").click();
  await expect(messages(page).last()).toBeVisible();
  await expect(log(page).getByLabel("Message options")).toHaveCount(0);
});

test("an answer quotes its message and leads to it", async ({ visit }) => {
  const [buyer, seller] = await Promise.all([visit(), visit({ phone: true })]);
  await join(buyer);
  const chat = await chatAbout(buyer, market.skateboard);
  await goLive(buyer, chat);
  await signIn(seller, market.skateboard.email);
  await goLive(seller, chat);
  await send(buyer, "Which bearings are in it?");

  const question = message(seller, "Which bearings are in it?");
  await question.getByRole("link", { name: "Reply" }).click();
  await expect(composer(seller)).toContainText("Which bearings are in it?");
  await expect(field(seller)).toBeFocused();
  await send(seller, "ABEC 7.");
  await expect(composer(seller)).not.toContainText("Which bearings are in it?");

  const answer = messages(buyer).filter({ hasText: "ABEC 7." });
  await expect(answer).toContainText("Which bearings are in it?");
  await answer.getByRole("link", { name: /Which bearings/ }).click();
  await expect(buyer).toHaveURL(/#m-2$/);
  await expect(log(buyer).locator("#m-2")).toBeInViewport();
});

async function choose(page: Page, text: string, item: string) {
  await openMenu(message(page, text));
  await message(page, text).getByText(item, { exact: true }).click();
}
