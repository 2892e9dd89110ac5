import type { BrowserContext, Page } from "@playwright/test";
import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, field, goLive, isStream, log, message, messages, send } from "./chat-pages";
import { market } from "./market";
import { tolerates } from "./sends";

test("two tabs of a browser share one stream, and either goes on without the other", async ({
  visit,
}) => {
  const [first, seller] = await Promise.all([visit(), visit()]);
  await join(first);
  const chat = await chatAbout(first, market.headphones);
  await signIn(seller, market.headphones.email);
  await goLive(seller, chat);
  await goLive(first, chat);

  const streams = countStreams(first.context());
  const second = await first.context().newPage();
  await second.goto(chat);
  await send(seller, "For both");
  for (const tab of [first, second]) await expect(message(tab, "For both")).toBeVisible();
  await send(second, "From the second");
  for (const tab of [first, second, seller]) {
    await expect(message(tab, "From the second")).toHaveCount(1);
  }
  await expect(message(second, "From the second").getByTitle(/Delivered|Read/)).toBeVisible();
  expect(streams()).toBe(0);

  await first.close();
  await send(seller, "For who stayed");
  await expect(message(second, "For who stayed")).toBeVisible();
  await expect(messages(second)).toHaveCount(4);
  expect(streams()).toBe(1);
});

test("a message that is on its way when its tab closes is sent once by the other", async ({
  visit,
}) => {
  const first = await visit({ tolerates });
  await join(first);
  const chat = await chatAbout(first, market.pan);
  await goLive(first, chat);
  const second = await first.context().newPage();
  await second.goto(chat);
  // What comes by the stream of the first shows that the second is ready.
  await send(first, "Before");
  await expect(message(second, "Before")).toBeVisible();
  await first.context().setOffline(true);
  await send(first, "Take over");
  for (const tab of [first, second]) {
    await expect(message(tab, "Take over").getByTitle("Waiting to send")).toBeVisible();
  }
  await first.close();
  await second.context().setOffline(false);
  await expect(message(second, "Take over").getByTitle("Sent", { exact: true })).toBeVisible();
  await second.reload();
  await expect(messages(second)).toHaveCount(3);
});

test("a page that the browser kept aside has what came meanwhile when it is back", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit({ phone: true }), visit()]);
  await join(buyer);
  const chat = await chatAbout(buyer, market.suitcase);
  await signIn(seller, market.suitcase.email);
  await goLive(seller, chat);
  await goLive(buyer, chat);
  await turn(buyer, "pagehide");
  await send(seller, "While you were away");
  await expect(
    message(seller, "While you were away").getByTitle(/^(Sent|Delivered)$/),
  ).toBeVisible();
  await expect(message(buyer, "While you were away")).toHaveCount(0);
  await turn(buyer, "pageshow");
  await expect(message(buyer, "While you were away")).toBeInViewport();

  await buyer.goto("/listings");
  await send(seller, "And again");
  await expect(message(seller, "And again").getByTitle(/^(Sent|Delivered)$/)).toBeVisible();
  await buyer.goBack();
  await expect(message(buyer, "And again")).toBeInViewport();
  await expect(messages(buyer)).toHaveCount(3);
});

test("a page without its stream says so after a while, and no longer when it is back", async ({
  visit,
}) => {
  const page = await visit({ tolerates });
  await join(page);
  const chat = await chatAbout(page, market.pan);
  await page.route(isStream, (route) => route.abort());
  await page.goto(chat);
  const line = page.getByRole("status").getByText("Reconnecting");
  await expect(line).toBeVisible();
  await page.unroute(isStream);
  await expect(line).toHaveCount(0);
});

test("a page whose session ended says so, and lives again when its person has signed in", async ({
  visit,
}) => {
  const page = await visit();
  const { email } = await join(page);
  const chat = await chatAbout(page, market.pan);
  await goLive(page, chat);
  const other = await page.context().newPage();
  await other.goto("/chats");
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("alert")).toContainText("You have been signed out");
  await field(page).fill("Still here");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(message(page, "Still here").getByTitle("Waiting to send")).toBeVisible();
  await signIn(other, email);
  await page.bringToFront();
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(message(page, "Still here").getByTitle("Sent", { exact: true })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(log(page)).toBeVisible();
});

/** @returns how many streams were asked for since */
function countStreams(context: BrowserContext) {
  let count = 0;
  context.on("request", (request) => {
    if (isStream(request.url())) count += 1;
  });
  return () => count;
}

/** What a browser tells a page that it keeps aside; a browser under test keeps none. */
function turn(page: Page, type: "pagehide" | "pageshow") {
  return page.evaluate(
    (name) => void dispatchEvent(new PageTransitionEvent(name, { persisted: true })),
    type,
  );
}
