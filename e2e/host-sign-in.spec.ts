import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { newName, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatList, message, row, send } from "./chat-pages";
import { host, signInLink } from "./host";
import { inspect } from "./inspect";
import { market } from "./market";

/** Follows a link on a page of the marketplace, which is another site. */
async function comeFromMarket(page: Page, link: string) {
  const { baseURL } = test.info().project.use;
  const body = `<!doctype html><title>Market</title><a href="${baseURL}${link}">Message the seller</a>`;
  await page.route(host.address, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(host.address);
  await page.getByRole("link", { name: "Message the seller" }).click();
}

for (const javaScript of [true, false]) {
  const how = javaScript ? "with" : "without";

  test(`${how} scripts somebody comes from the marketplace to its seller, and talks`, async ({
    visit,
  }) => {
    const [buyer, seller] = await Promise.all([visit({ javaScript, phone: true }), visit()]);
    const person = { sub: randomUUID(), name: newName("Guest") };
    const { reference: subject } = market.bookcase;
    await comeFromMarket(buyer, await signInLink({ ...person, subject }));
    await expect(buyer).toHaveURL(/\/chats\/[\da-f-]{36}$/);
    await send(buyer, "I come from the market");
    await expect(message(buyer, "I come from the market")).toContainText("Sent");

    await signIn(seller, market.bookcase.email);
    await seller.goto("/chats");
    await expect(row(seller, person.name)).toContainText("1 unread");

    // The same person, and the same chat.
    const chat = buyer.url();
    await comeFromMarket(buyer, await signInLink({ ...person, subject }));
    await expect(buyer).toHaveURL(chat);
    await expect(message(buyer, "I come from the market")).toBeVisible();
  });

  test(`${how} scripts a link works once, for whom it was made`, async ({ visit }) => {
    const [guest, other] = await Promise.all([visit({ javaScript }), visit({ javaScript })]);
    const link = await signInLink({ sub: randomUUID(), name: newName("Guest") });
    await comeFromMarket(guest, link);
    await expect(guest).toHaveURL("/chats");
    await expect(chatList(guest)).toBeVisible();
    await other.goto(link);
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("This link was used already");
    await other.goto("/chats");
    await expect(other).toHaveURL(/\/login/);
    // From the history, in the browser that he is signed in with.
    await guest.goto(link);
    await expect(guest).toHaveURL("/chats");
  });

  test(`${how} scripts who is suspended by the marketplace is out, and told so`, async ({
    visit,
  }) => {
    const [guest, again] = await Promise.all([visit({ javaScript }), visit({ javaScript })]);
    const person = { sub: randomUUID(), name: newName("Guest") };
    await comeFromMarket(guest, await signInLink(person));
    await expect(guest).toHaveURL("/chats");
    await again.goto(await signInLink({ ...person, suspended: true }));
    await expect(again.getByRole("main")).toContainText(
      "The marketplace has suspended your account",
    );
    await guest.goto("/chats");
    await expect(guest).toHaveURL(/\/login/);
  });
}

test("somebody else's form of ours works on the page that refuses a link", async ({ visit }) => {
  const page = await visit({ javaScript: false });
  await comeFromMarket(page, await signInLink({ sub: randomUUID(), name: newName("Guest") }));
  await page.goto("/sso?token=x");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link does not work");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
});

test("the page that refuses a link fits, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await page.goto("/sso?token=x");
  await inspect(page, "sso-wrong");
  await page.goto(await signInLink({ sub: randomUUID(), deals_done: "many" }));
  await expect(page.getByText("deals_done")).toBeVisible();
  await inspect(page, "sso-claims");
});
