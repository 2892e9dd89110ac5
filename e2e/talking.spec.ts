import { join, joinByPage, signIn, signInByPage } from "./accounts";
import { expect, test } from "./browsers";
import {
  chatAbout,
  chatList,
  goLive,
  log,
  message,
  row,
  send,
  startChat,
  titleCount,
} from "./chat-pages";
import { market, paidChat } from "./market";

test("a buyer on a phone and a seller at a desk agree on a deal, and nobody reloads", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit({ phone: true }), visit()]);
  await signInByPage(seller, market.carSeat.email);
  await goLive(seller, "/chats");
  const before = await titleCount(seller);

  const { name } = await joinByPage(buyer);
  await buyer.getByRole("link", { name: "Browse listings" }).click();
  await expect(buyer).toHaveURL("/listings");
  await startChat(buyer, market.carSeat);

  // The seller's list shows the new chat by itself, before anything was written in it.
  const inList = row(seller, name);
  await expect(inList).toBeVisible();
  await expect(inList).toContainText("Child car seat");
  await expect(inList).not.toContainText("unread");

  await send(buyer, "Is the seat still there?");
  await expect(message(buyer, "Is the seat still there?")).toContainText("Delivered");
  await expect(inList).toContainText("Is the seat still there?");
  await expect(inList).toContainText("1 unread");
  await expect(chatList(seller).getByRole("listitem").first()).toContainText(name);
  await expect.poll(() => titleCount(seller)).toBe(before + 1);

  await inList.getByRole("link").click();
  await expect(message(seller, "Is the seat still there?")).toBeVisible();
  await expect(message(buyer, "Is the seat still there?")).toContainText("Read");
  await expect(inList).not.toContainText("unread");
  await expect.poll(() => titleCount(seller)).toBe(before);

  await send(seller, "It is. Saturday at ten?");
  await expect(message(buyer, "It is. Saturday at ten?")).toBeInViewport();
  await expect(message(seller, "It is. Saturday at ten?")).toContainText("Read");
  await send(buyer, "Deal, see you there 👍");
  await expect(message(seller, "Deal, see you there 👍")).toBeInViewport();
  await expect(inList).toContainText("Deal, see you there 👍");
  await expect(log(seller).getByRole("article")).toHaveCount(4);
  // Whoever watches a message come needs no line that calls it new.
  await expect(log(buyer).getByText("New messages")).toHaveCount(0);
});

test("what people write is shown as they wrote it, and its links give nothing away", async ({
  visit,
}) => {
  const page = await visit();
  // Before the deal nobody sends links.
  await signIn(page, paidChat.email);
  await page.goto("/chats");
  await row(page, paidChat.row).getByRole("link").click();
  const hostile = "</script><img src=x onerror=alert(1)> <b>&amp;</b> {{7*7}} javascript:alert(1)";
  const lines = "First line\n\n  third: 👨‍👩‍👧 see https://example.com/a?b=c.";
  await send(page, hostile);
  await send(page, lines);
  for (const text of [hostile, lines]) {
    await expect(message(page, text).getByTitle("Sent", { exact: true })).toBeVisible();
  }
  await page.reload();
  await expect(log(page).locator("a[href^=javascript]")).toHaveCount(0);
  const link = message(page, lines).getByRole("link", { name: "https://example.com/a?b=c" });
  await expect(link).toHaveAttribute("rel", /noopener.*noreferrer.*nofollow/);
  await expect(message(page, lines).locator("p").first()).toHaveText(lines, {
    useInnerText: true,
  });
});

test("a message is sent, then delivered, then read", async ({ visit }) => {
  const [buyer, seller] = await Promise.all([visit(), visit()]);
  const { name } = await join(buyer);
  await goLive(buyer, await chatAbout(buyer, market.teaSet));
  await send(buyer, "Hello");
  await expect(message(buyer, "Hello").getByTitle("Sent", { exact: true })).toBeVisible();

  // Signing in brings the list to the seller's screen; opening the chat is what reads it.
  await signInByPage(seller, market.teaSet.email);
  await expect(message(buyer, "Hello").getByTitle("Delivered")).toBeVisible();
  await row(seller, name).getByRole("link").click();
  await expect(message(buyer, "Hello").getByTitle("Read", { exact: true })).toBeVisible();
});

test("reading one chat leaves the others unread, in every tab of the person", async ({ visit }) => {
  const [first, second, seller] = await Promise.all([visit(), visit(), visit()]);
  const [one, other] = [await join(first), await join(second)];
  await signIn(seller, market.keyboard.email);
  await goLive(seller, "/chats");
  const before = await titleCount(seller);
  await goLive(first, await chatAbout(first, market.keyboard));
  await goLive(second, await chatAbout(second, market.keyboard));
  await send(first, "First question");
  await send(second, "Second question");
  await send(second, "And a third");
  await expect(row(seller, other.name)).toContainText("And a third");

  const tab = await seller.context().newPage();
  await tab.goto("/chats");
  await expect(row(tab, one.name)).toContainText("1 unread");
  await expect(row(tab, other.name)).toContainText("2 unread");
  await expect.poll(() => titleCount(tab)).toBe(before + 3);
  await expect.poll(() => titleCount(seller)).toBe(before + 3);

  await tab.bringToFront();
  await row(tab, one.name).getByRole("link").click();
  await expect(message(tab, "First question")).toBeVisible();
  for (const page of [tab, seller]) {
    await expect(row(page, one.name)).not.toContainText("unread");
    await expect(row(page, other.name)).toContainText("2 unread");
    await expect.poll(() => titleCount(page)).toBe(before + 2);
  }
  await tab.reload();
  await expect(row(tab, other.name)).toContainText("2 unread");
  await expect.poll(() => titleCount(tab)).toBe(before + 2);
});
