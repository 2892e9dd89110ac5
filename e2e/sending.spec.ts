import { join } from "./accounts";
import { expect, test } from "./browsers";
import {
  chatAbout,
  goLive,
  goScripted,
  isStream,
  log,
  message,
  messages,
  row,
  send,
} from "./chat-pages";
import { market } from "./market";
import { holdSends, isSend, loseAnswers, onSend, tolerates } from "./sends";

test("a message stands in the chat at once and turns to sent when the server has it", async ({
  visit,
}) => {
  const page = await visit();
  await join(page);
  await goLive(page, await chatAbout(page, market.pan));
  const release = await holdSends(page);
  await send(page, "Right away");
  await expect(message(page, "Right away").getByTitle("Sending")).toBeVisible();
  await expect(message(page, "Right away")).toBeInViewport();
  release();
  await expect(message(page, "Right away").getByTitle("Sent", { exact: true })).toBeVisible();
  await expect(messages(page)).toHaveCount(2);
});

test("messages that are typed quickly arrive once each and in their order", async ({ visit }) => {
  const page = await visit();
  await join(page);
  await goLive(page, await chatAbout(page, market.pan));
  const texts = Array.from({ length: 8 }, (_, at) => `Line ${at + 1}`);
  const release = await holdSends(page);
  for (const text of texts) await send(page, text);
  await expect(log(page).getByTitle("Sending")).toHaveCount(8);
  release();
  await expect(log(page).getByTitle("Sent", { exact: true })).toHaveCount(8);
  const shown = () =>
    messages(page)
      .getByText(/^Line \d$/)
      .allInnerTexts();
  expect(await shown()).toEqual(texts);
  await page.reload();
  await expect(messages(page)).toHaveCount(9);
  expect(await shown()).toEqual(texts);
});

test("what the server refuses says why; trying again sends it once, deleting removes it", async ({
  visit,
}) => {
  const page = await visit();
  await join(page);
  await goLive(page, await chatAbout(page, market.pan));
  await onSend(page, (route) =>
    route.fulfill({ status: 422, json: { refused: { id: "chat.replyTo.unknown" } } }),
  );
  await send(page, "Try me again");
  await send(page, "Forget me");
  for (const text of ["Try me again", "Forget me"]) {
    await expect(message(page, text).getByTitle("Not sent")).toBeVisible();
    await expect(message(page, text).getByRole("alert")).toContainText("does not exist");
  }
  await page.unroute(isSend);

  await message(page, "Forget me").getByRole("button", { name: "Delete" }).click();
  await expect(message(page, "Forget me")).toHaveCount(0);
  await message(page, "Try me again").getByRole("button", { name: "Try again" }).click();
  await expect(message(page, "Try me again").getByTitle("Sent", { exact: true })).toBeVisible();
  await page.reload();
  await expect(messages(page)).toHaveCount(2);
});

test("a message whose answer was lost on the way is there once, sent again or not", async ({
  visit,
}) => {
  const page = await visit({ tolerates });
  await join(page);
  // No stream from the first page on: one that is open would tell of the message by itself.
  await page.route(isStream, (route) => route.abort());
  await goScripted(page, await chatAbout(page, market.pan));
  await loseAnswers(page);
  await send(page, "Did it arrive?");
  await expect(message(page, "Did it arrive?").getByTitle("Waiting to send")).toBeVisible();
  await expect(message(page, "Did it arrive?")).toContainText("It may have arrived already");
  await page.unroute(isSend);
  await expect(message(page, "Did it arrive?").getByTitle("Sent", { exact: true })).toBeVisible();
  await page.reload();
  await expect(messages(page)).toHaveCount(2);
});

test("a message whose answer was lost turns to sent when the stream tells of it", async ({
  visit,
}) => {
  const page = await visit({ tolerates });
  await join(page);
  await goLive(page, await chatAbout(page, market.pan));
  await loseAnswers(page);
  await send(page, "Did it arrive?");
  await expect(message(page, "Did it arrive?").getByTitle("Sent", { exact: true })).toBeVisible();
  await expect(messages(page)).toHaveCount(2);
});

test("a message on its way is not lost when the sender turns to another chat", async ({
  visit,
}) => {
  const page = await visit();
  await join(page);
  await chatAbout(page, market.pan);
  await goLive(page, await chatAbout(page, market.boots));
  const release = await holdSends(page);
  await send(page, "For the boots");
  await row(page, "Cast-iron pan").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sam O.");
  await send(page, "For the pan");
  await expect(message(page, "For the boots")).toHaveCount(0);
  release();
  await expect(message(page, "For the pan").getByTitle("Sent", { exact: true })).toBeVisible();
  await row(page, "Rubber boots").getByRole("link").click();
  await expect(message(page, "For the boots").getByTitle("Sent", { exact: true })).toBeVisible();
  await expect(messages(page)).toHaveCount(2);
});

test("too long a message is refused before it leaves, and stays in the field", async ({
  visit,
}) => {
  const page = await visit();
  await join(page);
  await goLive(page, await chatAbout(page, market.pan));
  await send(page, "x".repeat(4_001));
  await expect(page.getByRole("alert")).toContainText("at most 4,000 characters");
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("x".repeat(4_001));
  await expect(messages(page)).toHaveCount(1);
});
