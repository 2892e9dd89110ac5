import type { Page } from "@playwright/test";
import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, goLive } from "./chat-pages";
import { inspect } from "./inspect";
import { market } from "./market";

const seller = { ...market.aquarium, name: "Anneliese T." };

const card = (page: Page) => page.locator("details", { hasText: "Member since" });

test("who one talks to stands on a card beside the name, with scripts and without", async ({
  visit,
}) => {
  const page = await visit();
  await join(page);
  const chat = await chatAbout(page, seller);
  await goLive(page, chat);
  const summary = page.getByLabel(`About ${seller.name}`);
  await expect(card(page).getByText("140 deals done")).toBeHidden();
  await summary.click();
  await expect(card(page)).toContainText("Verified by the marketplace");
  await expect(card(page).getByText("140 deals done")).toBeVisible();
  await inspect(page, "a chat with its card open");
  await page.keyboard.press("Escape");
  await expect(card(page).getByText("140 deals done")).toBeHidden();

  // A name as long as names are leaves the card its place.
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(await chatAbout(page, market.mirror));
  await card(page).locator("summary").click();
  await expect(card(page).getByText("1,204 deals done")).toBeInViewport({ ratio: 1 });
  await inspect(page, "a chat with a long name and its card open");

  const plain = await visit({ javaScript: false, phone: true, dark: true });
  await join(plain);
  await plain.goto(await chatAbout(plain, seller));
  await plain.getByLabel(`About ${seller.name}`).click();
  await expect(card(plain).getByText("140 deals done")).toBeVisible();
});

test("moderators read on a person's page what the marketplace says", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "moderator@demo.test");
  await page.goto(`/admin/users?q=${seller.email}`);
  await page.getByRole("link", { name: seller.name }).click();
  await expect(page.getByText("Verified by the marketplace · 140 deals done")).toBeVisible();
});
