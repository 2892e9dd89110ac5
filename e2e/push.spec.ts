import type { BrowserContext, CDPSession, Page, Request } from "@playwright/test";
import { type PushReceiver, receivePushes } from "../test/push-receiver";
import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, field, goLive, log, message, send } from "./chat-pages";
import { market } from "./market";

// One after the other, because there is one service.
test.describe.configure({ mode: "default" });

/** The browser's maker's, which a browser of a test cannot reach; the server knows no other. */
let service: PushReceiver;
test.beforeAll(async () => {
  service = await receivePushes(Number(process.env.E2E_PUSH_PORT));
});
test.afterAll(() => service.close());

/**
 * Has a browser's pages subscribe at the service of the test. Everything else is the browser's own:
 * the question, the service worker, what it shows.
 */
async function letSubscribe(context: BrowserContext, origin: string) {
  const browser = service.newBrowser();
  await context.grantPermissions(["notifications"], { origin });
  await context.addInitScript((made) => {
    const kept = "test-subscription";
    const subscription = (key: string) => ({
      endpoint: made.endpoint,
      options: { applicationServerKey: Uint8Array.from(atob(key), (c) => c.charCodeAt(0)).buffer },
      toJSON: () => ({
        endpoint: made.endpoint,
        keys: { p256dh: made.p256dh, auth: made.auth },
      }),
      unsubscribe: async () => {
        localStorage.removeItem(kept);
        return true;
      },
    });
    Object.assign(PushManager.prototype, {
      async subscribe({ applicationServerKey }: { applicationServerKey: string }) {
        const key = applicationServerKey.replaceAll("-", "+").replaceAll("_", "/");
        localStorage.setItem(kept, key);
        return subscription(key);
      },
      async getSubscription() {
        const key = localStorage.getItem(kept);
        return key === null ? null : subscription(key);
      },
    });
  }, browser);
  return browser;
}

/** Hands a push to the service worker, as the browser does when its service sends one. */
async function makeDelivery(page: Page) {
  const client: CDPSession = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    client.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [first] = registrations;
      if (first) resolve(first.registrationId);
    });
  });
  await client.send("ServiceWorker.enable");
  return async (payload: unknown) =>
    client.send("ServiceWorker.deliverPushMessage", {
      origin: new URL(page.url()).origin,
      registrationId: await registered,
      data: JSON.stringify(payload),
    });
}

const shown = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const all = (await registration?.getNotifications()) ?? [];
    return all.map(({ title, body, tag }) => ({ title, body, tag }));
  });

test("who sent a message is asked whether to be told, and is told of the answer when Parley is elsewhere", async ({
  visit,
  baseURL,
}) => {
  // It waits for a job, which waits for whoever is reading.
  test.setTimeout(180_000);
  const [page, seller] = await Promise.all([visit(), visit()]);
  const browser = await letSubscribe(page.context(), baseURL ?? "");
  await join(page);
  await signIn(seller, market.oud.email);
  const chat = await chatAbout(page, market.oud);
  await goLive(page, chat);
  const turnOn = page.getByRole("button", { name: "Turn on notifications" });
  await expect(field(page)).toBeVisible();
  await expect(turnOn).toHaveCount(0);
  await send(page, "Hello, does the lock still work?");
  await turnOn.click();
  await expect(page.getByText("Notifications are on for this device.")).toBeVisible();

  await test.step("what comes while the chat is not in view is pushed", async () => {
    await goLive(seller, chat);
    await page.goto("/listings");
    await send(seller, "Shall I keep it for you?");
    await send(seller, "Until the weekend");
    const last = () => service.of(browser).at(-1);
    await expect.poll(() => last()?.body, { timeout: 60_000 }).toBe("Until the weekend");
    const deliver = await makeDelivery(page);
    for (const push of service.of(browser)) await deliver(push);
    const tag = `chat-${chat.split("/").at(-1)}`;
    await expect.poll(() => shown(page)).toMatchObject([{ body: "Until the weekend", tag }]);
  });

  await test.step("what is read is not shown any more", async () => {
    await goLive(page, chat);
    await expect.poll(() => shown(page), { timeout: 30_000 }).toEqual([]);
  });

  await test.step("what comes while its reader looks at older messages of the chat counts as seen", async () => {
    const story = "It hung on the wall of my grandfather.\n".repeat(60).trim();
    await send(seller, story);
    await expect(message(page, story)).toBeVisible();
    // From its end, upwards.
    await log(page).evaluate((box) => box.scrollTo({ top: -box.scrollHeight }));
    const isViewed = (request: Request) => /viewed/.test(request.postData() ?? "");
    const viewing = page.waitForRequest(isViewed);
    await send(seller, "Are you still there?");
    expect((await (await viewing).response())?.status()).toBe(200);
  });

  await test.step("the device is listed, and ends by a button", async () => {
    await page.goto("/settings");
    const devices = page.getByRole("region", { name: "Devices with notifications" });
    await expect(devices.getByRole("listitem")).toContainText("(this device)");
    await devices.getByRole("button", { name: /^Turn off notifications on/ }).click();
    await expect(devices.getByText("That device gets no more notifications.")).toBeVisible();
    await expect(devices.getByRole("listitem")).toHaveCount(0);
    await expect(devices.getByRole("button", { name: "Turn on notifications" })).toBeVisible();
  });
});

test("a phone on which somebody does not want to be told is not asked twice", async ({
  visit,
  baseURL,
}) => {
  const page = await visit({ phone: true });
  await letSubscribe(page.context(), baseURL ?? "");
  await join(page);
  const chat = await chatAbout(page, market.oud);
  await goLive(page, chat);
  await send(page, "Is it still there?");
  await page.getByRole("button", { name: "Not now" }).click();
  const turnOn = page.getByRole("button", { name: "Turn on notifications" });
  await expect(turnOn).toHaveCount(0);
  await goLive(page, chat);
  await send(page, "And would you post it?");
  await expect(message(page, "And would you post it?")).toBeVisible();
  await expect(turnOn).toHaveCount(0);
});
