import type { Page } from "@playwright/test";
import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, goLive, log, message, messages, row, send, seqs } from "./chat-pages";
import { longChat, market } from "./market";

const pageSize = 40;

test("older messages come on top without a jump, a gap or a repeat, while new ones arrive", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit({ phone: true }), visit()]);
  await signIn(buyer, "buyer@demo.test");
  await signIn(seller, "seller@demo.test");
  const chat = await longChatPath(buyer);
  await Promise.all([goLive(buyer, chat), goLive(seller, chat)]);
  const start = await seqs(seller);

  for (let page = 1; page <= 3; page += 1) {
    const top = messages(seller).first();
    const seq = await top.getAttribute("data-seq");
    await log(seller).evaluate((box) => box.scrollTo({ top: -box.scrollHeight }));
    await expect(seller.getByRole("link", { name: "Older messages" })).toBeInViewport();
    const before = await top.boundingBox();
    await send(buyer, `News ${page}`);
    await seller.getByRole("link", { name: "Older messages" }).click();
    await expect(messages(seller)).toHaveCount(start.length + page * pageSize + page);
    const moved = log(seller).locator(`[data-seq="${seq}"]`);
    await expect(moved).toBeInViewport();
    const after = await moved.boundingBox();
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(60);
  }
  const shown = await seqs(seller);
  expect(shown).toEqual(shown.map((_, at) => (shown[0] ?? 0) + at));
  await expect(message(seller, "News 3").last()).toBeAttached();
});

test("history is paged by address, from either end and around a message", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "buyer@demo.test");
  const chat = await longChatPath(page);
  await goLive(page, `${chat}?before=41`);
  await expect(messages(page)).toHaveCount(40);
  expect(await seqs(page)).toEqual(numbers(1, 40));
  await expect(page.getByText("This is where the chat begins.")).toBeVisible();

  await page.getByRole("link", { name: "Newer messages" }).click();
  await expect(page).toHaveURL(/after=40#m-41$/);
  // With scripts the next page joins the one that is there, and is read from its beginning.
  await expect(messages(page)).toHaveCount(80);
  expect(await seqs(page)).toEqual(numbers(1, 80));
  await expect(log(page).locator("#m-41")).toBeInViewport();
  await page.goto(`${chat}?after=40`);
  expect(await seqs(page)).toEqual(numbers(41, 80));

  await page.goto(`${chat}?around=1000#m-1000`);
  await expect(log(page).locator("#m-1000")).toBeInViewport();
  expect(await seqs(page)).toHaveLength(40);
  await page.getByRole("link", { name: "Newest messages" }).click();
  const last = async () => (await seqs(page)).at(-1);
  await expect.poll(last).toBeGreaterThanOrEqual(longChat.messages);
  await expect(messages(page).last()).toBeInViewport();
});

test("places that no chat has show the newest page or an empty one, never an error", async ({
  visit,
}) => {
  const page = await visit();
  await join(page);
  const chat = await chatAbout(page, market.pan);
  for (const place of ["before=0", "before=-3", "after=999999999999999", "around=x", "after=1e9"]) {
    const answer = await page.goto(`${chat}?${place}`);
    expect(answer?.status(), place).toBe(200);
    await expect(log(page)).toBeVisible();
  }
});

test("a search finds a message anywhere in the history, shows it and leads to it", async ({
  visit,
}) => {
  const page = await visit({ phone: true });
  await signIn(page, "seller@demo.test");
  const chat = await longChatPath(page);
  await page.goto(`${chat}?around=700`);
  const text = await log(page).locator("#m-700 p").first().textContent();
  const words = (text ?? "").split(/\s+/);
  await page.goto("/chats");
  await page.getByRole("searchbox").fill(words.slice(0, 8).join(" "));
  await page.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(/q=/);
  const found = row(page, longChat.title);
  await found.getByRole("link").click();
  await expect(page).toHaveURL(/around=\d+#m-\d+$/);
  const seq = /#m-(\d+)$/.exec(page.url())?.[1];
  const match = log(page).locator(`#m-${seq}`);
  await expect(match).toBeInViewport();
  await expect(match).toContainText(words[0] ?? "");
  // Highlighted: the bubble of the message that the address names has a ring.
  const shadow = () =>
    match
      .locator("> div")
      .first()
      .evaluate((box) => getComputedStyle(box).boxShadow);
  await expect.poll(shadow).toContain("0px 0px 0px 2px");
});

test("a line says where the reader stopped", async ({ visit }) => {
  const [buyer, seller] = await Promise.all([visit(), visit({ phone: true })]);
  const { name } = await join(buyer);
  const chat = await chatAbout(buyer, market.surfboard);
  await goLive(buyer, chat);
  await send(buyer, "Read this");
  await signIn(seller, market.surfboard.email);
  await goLive(seller, chat);
  await expect(message(buyer, "Read this").getByTitle("Read", { exact: true })).toBeVisible();
  await seller.goto("/chats");
  await send(buyer, "And this");
  await send(buyer, "And that");
  await expect(row(seller, name)).toContainText("2 unread");
  await row(seller, name).getByRole("link").click();
  const line = log(seller).getByText("New messages");
  await expect(line).toBeVisible();
  const [read, stop, fresh] = await Promise.all(
    [message(seller, "Read this"), line, message(seller, "And this")].map(async (one) => {
      const box = await one.boundingBox();
      return box?.y ?? 0;
    }),
  );
  expect([read, stop, fresh]).toEqual([read, stop, fresh].toSorted((a, b) => (a ?? 0) - (b ?? 0)));
});

async function longChatPath(page: Page) {
  await page.goto("/chats");
  const href = await row(page, longChat.title).getByRole("link").getAttribute("href");
  return href ?? "";
}

function numbers(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
