import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, goLive, send, titleCount } from "./chat-pages";
import { market } from "./market";

test("a message calls who is elsewhere, stands in the centre, and is read in its chat", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit(), visit()]);
  await join(buyer);
  const chat = await chatAbout(buyer, market.headphones);
  await signIn(seller, market.headphones.email);
  await goLive(seller, chat);
  await goLive(buyer, "/listings");
  await send(seller, "They are still here");
  const toast = buyer.getByRole("status").getByRole("link", { name: "They are still here" });
  // Whoever is at it has time to look.
  await toast.focus();
  await expect(buyer.locator("link[rel=icon]")).toHaveAttribute("href", "/favicon-unread.svg");

  const second = await buyer.context().newPage();
  await second.goto("/notifications");
  const groups = second.getByRole("list", { name: "Your notifications" }).getByRole("listitem");
  await expect(groups.first()).toContainText("1 new message from");
  await toast.click();
  await expect(buyer).toHaveURL(chat);
  await expect(groups.first()).toContainText("Messages with");
  await expect(buyer.locator("link[rel=icon]")).toHaveAttribute("href", "/favicon.svg");
});

test("who chose a sound hears one, and sees a number on the installed icon until he signs out", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit(), visit()]);
  const said: string[] = [];
  await buyer.context().exposeFunction("say", (what: string) => said.push(what));
  await buyer.addInitScript(() => {
    const { say } = window as unknown as { say: (what: string) => void };
    const setAppBadge = async (count: number) => say(`badge ${count}`);
    Object.assign(Navigator.prototype, { setAppBadge });
    const { createOscillator } = AudioContext.prototype;
    AudioContext.prototype.createOscillator = function (this: AudioContext) {
      say("note");
      return createOscillator.call(this);
    };
  });
  const notes = () => said.filter((what) => what === "note").length;
  const badge = () => said.findLast((what) => what.startsWith("badge"));
  await join(buyer);
  const chat = await chatAbout(buyer, market.coffeePot);
  await signIn(seller, market.coffeePot.email);
  await goLive(seller, chat);
  await goLive(buyer, "/listings");
  const icon = buyer.locator("link[rel=icon]");
  const toast = (text: string) => buyer.getByRole("status").getByRole("link", { name: text });
  await send(seller, "The pot is still here");
  await expect(toast("The pot is still here")).toBeVisible();
  await expect.poll(badge).toBe("badge 1");
  expect(notes(), "nobody hears what he did not ask for").toBe(0);

  await buyer.goto("/settings");
  await buyer.getByLabel("Sound").check();
  await buyer.getByRole("button", { name: "Update notifications" }).click();
  await expect(buyer.getByText("Your choice is saved.")).toBeVisible();
  await goLive(buyer, "/listings");
  await send(seller, "And so is its lid");
  await expect(toast("And so is its lid")).toBeVisible();
  await expect.poll(() => [notes(), badge()]).toEqual([2, "badge 2"]);
  expect(await titleCount(buyer)).toBe(2);
  await expect(icon).toHaveAttribute("href", "/favicon-unread.svg");

  await buyer.getByRole("button", { name: "Sign out" }).click();
  await expect(buyer.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
  await expect.poll(badge).toBe("badge 0");
  await expect(icon).toHaveAttribute("href", "/favicon.svg");
  expect(await titleCount(buyer)).toBe(0);
});

test("news of a case reaches the bell, and is read by opening it, without scripts too", async ({
  visit,
}) => {
  const [buyer, seller, plain] = await Promise.all([
    visit(),
    visit(),
    visit({ javaScript: false }),
  ]);
  await join(buyer);
  const chat = await chatAbout(buyer, market.headphones);
  for (const page of [seller, plain]) await signIn(page, market.headphones.email);
  await goLive(seller, "/notifications");
  const claim = { reason: "other", wish: "refund", statement: "They never came" };
  const form = { intent: "dispute", ...claim };
  const headers = { Origin: new URL(seller.url()).origin };
  await buyer.request.post(chat, { form, headers, maxRedirects: 0 });
  const bell = seller.getByRole("link", { name: /^Notifications \d+ unread$/ });
  await expect(bell).toBeVisible();
  await expect(seller.getByRole("link", { name: "A dispute was opened" }).first()).toBeVisible();

  await plain.goto("/notifications");
  await plain.getByRole("link", { name: "A dispute was opened" }).first().click();
  await expect(plain).toHaveURL(/\/dispute$/);
  await plain.goto("/notifications");
  const news = plain.getByRole("listitem").filter({ hasText: "A dispute was opened" }).first();
  await expect(news.getByRole("button", { name: "Mark as read" })).toHaveCount(0);
});
