import type { Page } from "@playwright/test";
import { join, signIn, submit } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, goLive, goScripted, log, message, send } from "./chat-pages";
import { market } from "./market";

const [insult, other] = ["What a sad little train", "And a sad little seller"] as const;

test("a moderator decides two reported messages by keyboard, and both sides see what came of it", async ({
  visit,
}) => {
  test.slow();
  const [buyer, seller, moderator, second] = await Promise.all([
    visit({ phone: true }),
    visit(),
    visit(),
    visit({ javaScript: false }),
  ]);
  const { name } = await join(buyer);
  await signIn(seller, market.railway.email);
  await signIn(moderator, "moderator@demo.test");
  await signIn(second, "moderator2@demo.test");
  const chat = await chatAbout(buyer, market.railway);
  await goLive(buyer, chat);
  for (const words of [insult, other]) {
    await send(buyer, words);
    await expect(message(buyer, words).getByTitle(/Sent|Delivered/)).toBeVisible();
  }
  // After the message that the chat was started.
  for (const seq of ["2", "3"]) {
    await submit(seller, chat, { intent: "report", seq, reason: "abuse", note: "He is rude." });
  }

  const queue = "/admin/flags?source=report&kind=reported-abuse";
  await goScripted(moderator, queue);
  await step(moderator, name);
  await moderator.keyboard.press("Enter");
  await expect(moderator.getByText("You are looking at it")).toBeVisible();
  await expect(moderator.getByText("He is rude.")).toBeVisible();
  await expect(log(moderator).getByRole("article").filter({ hasText: insult })).toBeVisible();

  // Another one sees that, and nothing that was written.
  await second.goto(new URL(moderator.url()).pathname);
  await expect(second.getByText("Helen M. is looking at it").first()).toBeVisible();
  expect(await second.content()).not.toContain("sad little");

  await decide(moderator, "2", "Remove message", "Insults have no place here.");
  await expect(moderator.getByRole("heading", { name: "Removed" })).toBeVisible();
  await expect(log(buyer).getByText("Removed by a moderator")).toBeVisible();
  await expect(message(buyer, insult)).toHaveCount(0);
  expect(await moderator.content()).not.toContain("sad little");

  await moderator.keyboard.press("u");
  await expect(moderator.getByRole("heading", { name: "Flags" })).toBeVisible();
  await goScripted(moderator, queue);
  await step(moderator, name);
  await moderator.keyboard.press("Enter");
  await expect(log(moderator).getByRole("article").filter({ hasText: other })).toBeVisible();
  await decide(moderator, "3", "Warn", "Please stay polite.");
  await expect(moderator.getByRole("heading", { name: "Warned" })).toBeVisible();
  await expect(message(buyer, other)).toBeVisible();
  await expect(buyer.getByText("You have a warning.")).toBeVisible();
  await buyer.goto("/sanctions");
  await expect(buyer.getByText("Please stay polite.").first()).toBeVisible();
  await expect(buyer.getByText("Insults have no place here.").first()).toBeVisible();
});

/** Goes down the list until the row of this person is reached. */
async function step(page: Page, name: string) {
  const focused = page.locator("[data-row]:focus");
  const rows = await page.locator("[data-row]").count();
  for (let at = 0; at < rows; at += 1) {
    await page.keyboard.press("j");
    if ((await focused.textContent())?.includes(name)) return;
  }
  throw new Error(`No row of ${name}`);
}

async function decide(page: Page, key: string, choice: string, statement: string) {
  await page.keyboard.press(key);
  await expect(page.getByLabel(choice, { exact: true })).toBeChecked();
  await expect(page.getByLabel("Statement of reasons")).toBeFocused();
  await page.keyboard.type(statement);
  // Past the templates.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
}
