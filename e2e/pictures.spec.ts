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
  startChat,
} from "./chat-pages";
import { market } from "./market";
import {
  add,
  chosen,
  expectLoaded,
  hand,
  largePhoto,
  notAPicture,
  openPictures,
  photo,
  shown,
} from "./pictures";
import { isSend, tolerates } from "./sends";

test("pictures are chosen, pasted and dropped, described and sent; the other opens, saves and loses them", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit({ phone: true }), visit()]);
  const { name } = await join(buyer);
  await goLive(buyer, await chatAbout(buyer, market.railway));
  await add(buyer, await photo("front.jpg"), notAPicture);
  await hand(buyer, "paste", await photo("side.jpg", 240, 320));
  await hand(buyer, "drop", await photo("back.jpg"));
  await expect(chosen(buyer)).toHaveCount(4);
  await expect(chosen(buyer).nth(1).getByRole("alert")).toContainText("not a picture");
  await send(buyer, "As promised");
  await expect(field(buyer)).toHaveAccessibleDescription(/remove the pictures that cannot be sent/);
  await expect(field(buyer)).toHaveValue("As promised");
  await buyer.getByRole("button", { name: "Remove prices.svg" }).click();
  await buyer.getByLabel("What picture 1 shows").fill("The legs");
  await composer(buyer).getByRole("button", { name: "Send" }).click();
  await expect(message(buyer, "As promised").getByTitle(/^(Sent|Delivered)$/)).toBeVisible();
  await expect(chosen(buyer)).toHaveCount(0);
  await expectLoaded(buyer, 3);

  await signIn(seller, market.railway.email);
  await goLive(seller, "/chats");
  await openPictures(seller, row(seller, name).getByRole("link"), 3);
  await shown(seller).first().click();
  const viewer = seller.getByRole("dialog", { name: "Pictures" });
  await expect(viewer.getByText("1 / 3")).toBeVisible();
  await expect(viewer.getByText("The legs")).toBeVisible();
  // While it opens, the viewer takes no keys yet.
  await expect(async () => {
    await seller.keyboard.press("ArrowRight");
    await expect(viewer.getByText("2 / 3")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await seller.keyboard.press("Escape");
  await expect(viewer).toHaveCount(0);
  await shown(seller).nth(1).click();
  await expect(viewer).toBeVisible();
  // Last, because the browser's own notice of a download may take the keyboard for a moment.
  const download = seller.waitForEvent("download");
  await viewer.getByTitle("Download").click();
  expect((await download).suggestedFilename()).toMatch(/\.(webp|jpe?g)$/);

  await openMenu(message(buyer, "As promised"));
  await message(buyer, "As promised").getByRole("button", { name: "Take back" }).click();
  await expect(viewer).toHaveCount(0);
  await expect(shown(seller)).toHaveCount(0);
});

test("each picture shows how far it is; what was stopped is tried again, and is there once", async ({
  visit,
}) => {
  const page = await visit({ tolerates });
  await join(page);
  await goLive(page, await chatAbout(page, market.pan));
  const network = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 60_000 };
  await network.send("Network.emulateNetworkConditions", slow);
  await add(page, await largePhoto("one.jpg"), await largePhoto("two.jpg"));
  await expect(chosen(page)).toHaveCount(2);
  await send(page, "Slowly");
  const bars = log(page).getByRole("progressbar");
  await expect(bars).toHaveCount(2);
  const done = () => bars.evaluateAll((all) => (all[0] as HTMLProgressElement | undefined)?.value);
  await expect.poll(done).toBeGreaterThan(0);
  await expect(message(page, "Slowly").getByRole("img")).toHaveCount(2);
  await page.getByRole("button", { name: "Stop sending" }).click();
  await expect(message(page, "Slowly")).toContainText("you stopped it");
  await network.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1 });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(message(page, "Slowly").getByTitle("Sent", { exact: true })).toBeVisible();
  await expectLoaded(page, 2);
  await page.reload();
  await expect(messages(page)).toHaveCount(2);
});

test("pictures wait for a connection, outlive their tab, and are sent once though the answer was lost", async ({
  visit,
}) => {
  const page = await visit({ tolerates });
  await join(page);
  const chat = await chatAbout(page, market.pan);
  await goLive(page, chat);
  await add(page, await photo("kept.jpg"));
  await expect(chosen(page)).toHaveCount(1);
  await page.getByLabel("What picture 1 shows").fill("Before the reload");
  await goLive(page, chat);
  await expect(page.getByLabel("What picture 1 shows")).toHaveValue("Before the reload");
  await page.context().setOffline(true);
  await send(page, "From the tunnel");
  await expect(message(page, "From the tunnel").getByTitle("Waiting to send")).toBeVisible();
  const next = await page.context().newPage();
  let answers = 0;
  await next.route(isSend, async (route) => {
    if (!(route.request().headers()["content-type"] ?? "").startsWith("multipart"))
      return route.fallback();
    answers += 1;
    if (answers > 1) return route.fallback();
    await route.fetch();
    await route.abort();
  });
  await page.close();
  await next.context().setOffline(false);
  await next.goto(chat);
  await expect(message(next, "From the tunnel").getByTitle("Sent", { exact: true })).toBeVisible();
  await next.reload();
  await expect(messages(next)).toHaveCount(2);
  await expectLoaded(next, 1);
  await expect(shown(next)).toHaveAttribute("alt", "Before the reload");
});

test("a picture that the server refuses says why; without it the message goes", async ({
  visit,
}) => {
  const page = await visit();
  await join(page);
  await goLive(page, await chatAbout(page, market.pan));
  const whole = await photo("whole.jpg");
  const cut = { ...whole, name: "cut.jpg", buffer: whole.buffer.subarray(0, 300) };
  await add(page, whole, cut);
  await expect(chosen(page)).toHaveCount(2);
  await send(page, "Two of them");
  const one = message(page, "Two of them");
  await expect(one.getByRole("listitem").getByRole("alert")).toContainText("damaged or cut off");
  await one.getByRole("button", { name: "Remove cut.jpg" }).click();
  await one.getByRole("button", { name: "Try again" }).click();
  await expect(one.getByTitle("Sent", { exact: true })).toBeVisible();
  await expectLoaded(page, 1);
});

test("without scripts pictures are sent, refused one by one, and opened", async ({ visit }) => {
  // A picture has an address of its own, where no script runs: not the test's own either.
  const tolerates = /sandboxed|origin-keyed/;
  const page = await visit({ javaScript: false, phone: true, tolerates });
  await join(page);
  await startChat(page, market.pan);
  await add(page, await photo("good.jpg"), notAPicture);
  await send(page, "By the plain form");
  await expect(field(page)).toHaveValue("By the plain form");
  await expect(page.getByRole("list", { name: "Pictures" }).getByRole("alert")).toContainText(
    "not a picture",
  );
  await page.getByLabel("What picture 1 shows").fill("A good one");
  await composer(page).getByRole("button", { name: "Send" }).click();
  await expect(message(page, "By the plain form")).toHaveCount(1);
  await expectLoaded(page, 1);
  await expect(shown(page)).toHaveAttribute("alt", "A good one");
  await shown(page).click();
  await expect(page).toHaveURL(/\/attachments\/[0-9a-f-]+$/);
});
