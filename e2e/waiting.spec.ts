import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import {
  chatAbout,
  composer,
  field,
  goLive,
  goScripted,
  isStream,
  log,
  message,
  messages,
  send,
} from "./chat-pages";
import { market } from "./market";
import { isSend, onSend, tolerates } from "./sends";

test("what is written without a connection goes when it is back, once and in order", async ({
  visit,
}) => {
  const page = await visit({ phone: true, tolerates });
  await join(page);
  await goLive(page, await chatAbout(page, market.pan));
  await page.context().setOffline(true);
  const line = page.getByText("No connection. What you write is sent when it is back.");
  await expect(line).toBeVisible();
  for (const text of ["One", "Two", "Three"]) await send(page, text);
  await expect(log(page).getByTitle("Waiting to send")).toHaveCount(3);
  await message(page, "Two").getByRole("button", { name: "Delete" }).click();
  await expect(message(page, "Two")).toHaveCount(0);
  await page.context().setOffline(false);
  await expect(line).toHaveCount(0);
  await expect(log(page).getByTitle("Sent", { exact: true })).toHaveCount(2);
  await page.reload();
  await expect(messages(page)).toHaveCount(3);
  expect(
    await messages(page)
      .getByText(/^(One|Two|Three)$/)
      .allInnerTexts(),
  ).toEqual(["One", "Three"]);
});

test("what is written without a connection survives its tab, and the next one sends it", async ({
  visit,
}) => {
  const page = await visit({ tolerates });
  await join(page);
  const chat = await chatAbout(page, market.pan);
  await goLive(page, chat);
  await page.context().setOffline(true);
  for (const text of ["Written on the train", "And in the tunnel"]) await send(page, text);
  await expect(log(page).getByTitle("Waiting to send")).toHaveCount(2);
  const next = await page.context().newPage();
  await page.close();
  await page.context().setOffline(false);
  await next.goto(chat);
  await expect(log(next).getByTitle("Sent", { exact: true })).toHaveCount(2);
  await next.reload();
  await expect(messages(next)).toHaveCount(3);
  await expect(messages(next).nth(1)).toContainText("Written on the train");
  await expect(messages(next).nth(2)).toContainText("And in the tunnel");
});

test("a page that is read again as the connection goes stays, and is read when it is back", async ({
  visit,
}) => {
  const page = await visit({ tolerates });
  await join(page);
  const chat = await chatAbout(page, market.pan);
  // The server took another time zone than the browser's.
  const reading = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const isReading = (url: URL | string) => new URL(url).pathname === `${chat}.data`;
  await page.route(isReading, async (route) => {
    reading.resolve();
    await released;
    await route.continue();
  });
  await goLive(page, chat);
  await reading.promise;
  await page.context().setOffline(true);
  const lost = page.waitForEvent("requestfailed", (request) => isReading(request.url()));
  release();
  await lost;
  await send(page, "Kept");
  await expect(message(page, "Kept").getByTitle("Waiting to send")).toBeVisible();

  const read = page.waitForResponse((answer) => isReading(answer.url()));
  await page.context().setOffline(false);
  expect((await read).status()).toBe(200);
  await expect(message(page, "Kept").getByTitle("Sent", { exact: true })).toBeVisible();
});

test("messages wait in order while the server fails, and are there once when it is back", async ({
  visit,
}) => {
  const page = await visit({ tolerates: new RegExp(`${tolerates.source}|50[23]`) });
  await join(page);
  // No stream: it would tell of the message that the server took without an answer.
  await page.route(isStream, (route) => route.abort());
  await goScripted(page, await chatAbout(page, market.pan));
  let failures = 0;
  await onSend(page, async (route) => {
    failures += 1;
    // As a crash after the commit, a load balancer without a server, and a database that is away.
    if (failures === 1) {
      await route.fetch();
      await route.abort();
    } else if (failures === 2) await route.fulfill({ status: 502, body: "Bad gateway" });
    else await route.fulfill({ status: 503, headers: { "Retry-After": "1" }, json: {} });
  });
  const texts = ["First", "Second", "Third"];
  for (const text of texts) await send(page, text);
  await expect.poll(() => failures).toBeGreaterThanOrEqual(3);
  await expect(log(page).getByTitle("Waiting to send")).toHaveCount(3);
  await page.unroute(isSend);
  await expect(log(page).getByTitle("Sent", { exact: true })).toHaveCount(3);
  await page.reload();
  await expect(messages(page)).toHaveCount(4);
  const shown = messages(page).getByText(/^(First|Second|Third)$/);
  expect(await shown.allInnerTexts()).toEqual(texts);
});

test("who signs in next on a browser neither sends nor sees what waits there", async ({
  visit,
}) => {
  const page = await visit({ tolerates });
  await join(page);
  await goLive(page, await chatAbout(page, market.pan));
  await onSend(page, (route) => route.abort());
  await send(page, "Mine alone");
  await expect(message(page, "Mine alone").getByTitle("Waiting to send")).toBeVisible();
  const other = await page.context().newPage();
  await other.goto("/chats");
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You have been signed out")).toBeVisible();
  await expect(other.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
  await join(other);
  await goLive(other, await chatAbout(other, market.pan));

  await page.unroute(isSend);
  const asked = page.waitForResponse((answer) => isStream(answer.url()));
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  expect((await asked).status()).toBe(200);
  await expect(page.getByText("You have been signed out")).toBeVisible();
  await expect(message(page, "Mine alone").getByTitle("Waiting to send")).toBeVisible();
  await expect(messages(other)).toHaveCount(1);
});

test("what waits goes when its sender has signed in again", async ({ visit }) => {
  const page = await visit({ tolerates });
  const { email } = await join(page);
  const chat = await chatAbout(page, market.pan);
  await goLive(page, chat);
  await onSend(page, (route) => route.abort());
  await send(page, "Later then");
  await expect(message(page, "Later then").getByTitle("Waiting to send")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
  await page.unroute(isSend);
  await signIn(page, email);
  await page.goto(chat);
  await expect(message(page, "Later then").getByTitle("Sent", { exact: true })).toBeVisible();
  await page.reload();
  await expect(messages(page)).toHaveCount(2);
});

test("what was typed and not sent is there after a reload, and gone once it was sent", async ({
  visit,
}) => {
  const page = await visit();
  await join(page);
  const chat = await chatAbout(page, market.pan);
  await goLive(page, chat);
  await field(page).fill("Half a thou");
  await goLive(page, chat);
  await expect(field(page)).toHaveValue("Half a thou");
  await composer(page).getByRole("button", { name: "Send" }).click();
  await expect(message(page, "Half a thou").getByTitle("Sent", { exact: true })).toBeVisible();
  await goLive(page, chat);
  await expect(field(page)).toHaveValue("");
});
