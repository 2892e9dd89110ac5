import type { Page } from "@playwright/test";
import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, chatList, goLive, message, row } from "./chat-pages";
import { inspect } from "./inspect";
import { market, oldChat } from "./market";
import { expectLoaded } from "./pictures";

/** Reads until the latest run on the page is over. */
async function runIsOver(page: Page, what: "Run" | "Trial", by: string) {
  await expect(async () => {
    await page.goto("/admin/retention");
    const run = page.locator("#runs li").filter({ hasText: by }).filter({ hasText: what }).first();
    await expect(run).toContainText(`${what}: done`, { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}

test("an admin sees what a policy would touch before it is saved, tries it, runs it, and holds a chat", async ({
  visit,
}) => {
  test.slow();
  // All of it works without scripts.
  const [admin, buyer] = await Promise.all([visit({ javaScript: false }), visit()]);
  await join(buyer);
  const chat = await chatAbout(buyer, market.accordion);
  const chatId = chat.split("/").at(-1) ?? "";

  await signIn(admin, "admin@demo.test");
  await admin.goto("/admin/retention");
  const field = admin
    .getByRole("group", { name: "Cancelled" })
    .getByLabel("Delete months after it was archived");
  await field.fill("soon");
  await admin.getByRole("button", { name: "See what this would touch" }).click();
  await expect(admin.getByText("Give whole months from 1 to 120")).toBeVisible();
  await expect(field).toHaveValue("soon");
  const months = String(60 + Math.floor(Math.random() * 60));
  await field.fill(months);
  await admin.getByRole("button", { name: "See what this would touch" }).click();
  await expect(admin.getByRole("heading", { name: "What this would touch" })).toBeVisible();
  await expect(admin.getByText("At the next run").first()).toBeVisible();
  // What was changed after the preview is looked at once more before it counts.
  const days = admin.getByLabel("Days until an erasure is done");
  await days.fill("29");
  await admin.getByRole("button", { name: "Save", exact: true }).click();
  await expect(admin.getByRole("heading", { name: "What this would touch" })).toBeVisible();
  await admin.getByRole("button", { name: "Save", exact: true }).click();
  await expect(admin.getByText("Saved", { exact: true })).toBeVisible();
  await admin.goto("/admin/retention");
  await expect(field).toHaveValue(months);
  await expect(days).toHaveValue("29");
  await admin.goto("/admin/audit?action=retention.changed");
  await expect(admin.getByText("Changed how long chats are kept").last()).toBeVisible();

  await admin.goto("/admin/retention");
  await admin.getByRole("button", { name: "Try without changing" }).click();
  await runIsOver(admin, "Trial", "Asked for by");

  await admin.goto(`/admin/chats/${chatId}`);
  await expect(admin.getByText("Nothing holds it.")).toBeVisible();
  await admin.getByRole("link", { name: "Legal holds" }).click();
  await admin.getByLabel("Reason").fill("A court asked for it");
  await admin.getByLabel("Last day (optional)").fill("2020-01-01");
  await admin.getByRole("button", { name: "Place a legal hold" }).click();
  await expect(admin.getByText("That day is over.")).toBeVisible();
  await admin.getByLabel("Last day (optional)").fill("");
  await admin.getByRole("button", { name: "Place a legal hold" }).click();
  await expect(admin.locator("#now")).toContainText("A legal hold: A court asked for it");
  await admin.goto(`/admin/chats/${chatId}`);
  await expect(admin.locator("#holds")).toContainText("A court asked for it");
  await admin.goto("/admin/retention");
  await admin
    .locator("#holds")
    .getByRole("listitem")
    .filter({ hasText: "A court asked for it" })
    .getByRole("link")
    .first()
    .click();
  await admin.getByText("Lift this hold").first().click();
  await admin.getByLabel("Why it is lifted").fill("It was settled");
  await admin.getByRole("button", { name: "Lift this hold" }).click();
  await expect(admin.getByText("Nothing holds it.")).toBeVisible();
  await expect(admin.locator("#legal")).toContainText("It was settled");
  // Lifting asks for a run.
  await runIsOver(admin, "Run", "Asked for by");
});

test("a run that an admin asks for tells how far it is by itself, and no moderator gets there", async ({
  visit,
}) => {
  const [admin, moderator] = await Promise.all([visit(), visit()]);
  await signIn(admin, "admin@demo.test");
  await admin.goto("/admin/retention");
  await admin.getByRole("button", { name: "Try without changing" }).click();
  const latest = admin.locator("#runs li").filter({ hasText: "Asked for by" }).first();
  await expect(latest).toContainText(/(Trial|Run): done/, { timeout: 60_000 });
  await signIn(moderator, "moderator@demo.test");
  expect((await moderator.goto("/admin/retention"))?.status()).toBe(404);
});

test("a run archives an old chat: both sides read it as before, until it is brought back", async ({
  visit,
}) => {
  test.slow();
  const [admin, buyer, seller] = await Promise.all([
    visit(),
    visit(),
    visit({ javaScript: false, phone: true }),
  ]);
  await signIn(admin, "admin@demo.test");
  await admin.goto("/admin/retention");
  await admin.getByRole("button", { name: "Run now" }).click();

  await signIn(buyer, oldChat.buyer);
  const old = row(buyer, oldChat.title);
  await expect(async () => {
    await buyer.goto("/chats");
    await expect(old).toContainText("Archived", { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await goLive(buyer, "/chats?q=concert");
  await old.getByRole("link").click();
  await expect(message(buyer, oldChat.says)).toBeVisible();
  await expectLoaded(buyer, 1);
  await expect(buyer.getByText("This chat has been archived. It can be read only.")).toBeVisible();
  await inspect(buyer, "archived-chat");
  const chat = new URL(buyer.url()).pathname;

  await signIn(seller, oldChat.seller);
  await seller.goto("/chats");
  await expect(chatList(seller).getByText("Archived", { exact: true })).toBeVisible();
  await seller.goto(`${chat}?before=6`);
  await expect(message(seller, oldChat.says)).toBeVisible();

  const chatId = chat.split("/").at(-1);
  const panel = admin.locator("#archive");
  await admin.goto(`/admin/chats/${chatId}`);
  await inspect(admin, "admin-archived-chat");
  // More than nothing, and less than a reason.
  await panel.getByLabel("Why it is brought back").fill(" ");
  await panel.getByRole("button", { name: "Bring back from the archive" }).click();
  await expect(panel.getByLabel("Why it is brought back")).toHaveAttribute("aria-invalid", "true");
  await panel.getByLabel("Why it is brought back").fill("The buyer asked for it");
  await panel.getByRole("button", { name: "Bring back from the archive" }).click();
  await expect(async () => {
    await admin.goto(`/admin/chats/${chatId}`);
    await expect(admin.getByText("Closed", { exact: true })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await expect(panel).toHaveCount(0);
  // Its page hears of it by itself.
  await expect(buyer.getByText("This chat is closed.")).toBeVisible();
  await expect(message(buyer, oldChat.says)).toBeVisible();
  await expectLoaded(buyer, 1);
  await admin.goto("/admin/audit?action=chat.restore_asked");
  await expect(admin.getByText("The buyer asked for it")).toBeVisible();
});
