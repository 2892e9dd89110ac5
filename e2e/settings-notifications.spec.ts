import type { Page } from "@playwright/test";
import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, goLive, row, send } from "./chat-pages";
import { market } from "./market";

const choices = (page: Page) => page.getByRole("form", { name: "Notifications" });
const choice = (page: Page, what: string, way: "Push" | "E-mail") =>
  choices(page).getByRole("checkbox", { name: `${what} ${way}`, exact: true });
const update = (page: Page) =>
  choices(page).getByRole("button", { name: "Update notifications" }).click();
const saved = (page: Page) =>
  expect(choices(page).getByRole("status")).toHaveText("Your choice is saved.");

for (const javaScript of [true, false]) {
  test(`people choose what reaches them, and what is wrong is said beside it, ${
    javaScript ? "with" : "without"
  } scripts`, async ({ visit }) => {
    const page = await visit({ javaScript, phone: !javaScript });
    await join(page);
    await page.goto("/settings");
    await expect(choice(page, "New messages", "Push")).toBeChecked();
    await expect(choice(page, "News of your disputes", "E-mail")).toBeDisabled();
    await choice(page, "New messages", "E-mail").uncheck();
    await choice(page, "What came of your reports", "E-mail").check();
    await choices(page).getByLabel("A push notification").selectOption("Who wrote");
    await choices(page).getByLabel("Quiet hours").check();
    await choices(page).getByLabel("From", { exact: true }).fill("21:30");
    await choices(page).getByLabel("Until", { exact: true }).fill("21:30");
    await choices(page).getByLabel("Time zone").selectOption("Europe/Lisbon");
    await update(page);
    const until = choices(page).getByLabel("Until", { exact: true });
    await expect(until).toHaveAccessibleDescription(
      "Please choose an end that is not the beginning.",
    );
    await expect(choice(page, "New messages", "E-mail")).not.toBeChecked();
    await until.fill("06:00");
    await update(page);
    await saved(page);
    await page.goto("/settings");
    await expect(choice(page, "New messages", "E-mail")).not.toBeChecked();
    await expect(choice(page, "New messages", "Push")).toBeChecked();
    await expect(choice(page, "What came of your reports", "E-mail")).toBeChecked();
    await expect(choices(page).getByLabel("A push notification")).toHaveValue("sender");
    await expect(choices(page).getByLabel("Quiet hours")).toBeChecked();
    await expect(choices(page).getByLabel("From", { exact: true })).toHaveValue("21:30");
    await expect(choices(page).getByLabel("Time zone")).toHaveValue("Europe/Lisbon");
  });
}

test("what is being chosen stays when the page learns the browser's time zone meanwhile", async ({
  visit,
}) => {
  const [plain, page] = await Promise.all([visit({ javaScript: false }), visit()]);
  await join(plain);
  await page.context().addCookies(await plain.context().cookies());
  const held = Promise.withResolvers<void>();
  await page.route("**/settings.data*", async (route) => {
    await held.promise;
    await route.continue();
  });
  const reading = page.waitForRequest("**/settings.data*");
  await page.goto("/settings");
  await reading;
  await choice(page, "New messages", "E-mail").uncheck();
  held.resolve();
  await expect(choices(page).getByLabel("Time zone")).toHaveValue("Europe/Berlin");
  await expect(choice(page, "New messages", "E-mail")).not.toBeChecked();
});

test("a chat that is muted says so in its head and in the list, on all of a person's devices", async ({
  visit,
}) => {
  const [page, other] = await Promise.all([visit(), visit({ phone: true })]);
  const { email } = await join(page);
  const path = await chatAbout(page, market.railway);
  await goLive(page, path);
  await signIn(other, email);
  await goLive(other, path);
  await page.getByLabel("Chat options").click();
  await page.getByRole("link", { name: "Mute", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Mute the chat with");
  await page.getByRole("button", { name: "8 hours" }).click();
  for (const one of [page, other]) {
    await expect(one).toHaveURL(path);
    await expect(one.getByRole("heading", { level: 1 }).locator("..")).toContainText("Muted");
  }
  await expect(row(page, /Muted/)).toHaveCount(1);
  await goLive(other, `${path}/mute`);
  await expect(other.getByText(/^Until .*\d:\d\d/)).toBeVisible();

  await page.getByLabel("Chat options").click();
  await page.getByRole("button", { name: "Unmute" }).click();
  await expect(row(page, /Muted/)).toHaveCount(0);
  await expect(page.getByText("Muted", { exact: true })).toHaveCount(0);
  await expect(other.getByRole("heading", { level: 1 })).toContainText("Mute the chat with");
});

test("without scripts too, and the other side is not told", async ({ visit }) => {
  const [buyer, seller] = await Promise.all([
    visit({ javaScript: false, phone: true }),
    visit({ javaScript: false }),
  ]);
  const { name } = await join(buyer);
  const path = await chatAbout(buyer, market.console);
  await buyer.goto(path);
  await send(buyer, "Is the second controller with it?");
  await buyer.getByLabel("Chat options").click();
  await buyer.getByRole("link", { name: "Mute", exact: true }).click();
  await buyer.getByRole("button", { name: "Until I unmute it" }).click();
  await expect(buyer).toHaveURL(path);
  await buyer.goto("/chats");
  await expect(row(buyer, /Muted/)).toHaveCount(1);

  await signIn(seller, market.console.email);
  await seller.goto(path);
  await expect(row(seller, name)).toHaveCount(1);
  await expect(seller.locator("body")).not.toContainText(/muted/i);

  await buyer.goto(`${path}/mute`);
  await expect(buyer.getByText("Until you unmute it.")).toBeVisible();
  await buyer.getByRole("button", { name: "Unmute" }).click();
  await buyer.goto("/chats");
  await expect(row(buyer, /Muted/)).toHaveCount(0);
});
