import type { Locator, Page } from "@playwright/test";
import { join, newName } from "./accounts";
import { expect, test } from "./browsers";
import {
  chatAbout,
  chatList,
  composer,
  field,
  goLive,
  message,
  messages,
  send,
} from "./chat-pages";
import { market } from "./market";

test("everything can be done from the keyboard alone", async ({ visit }) => {
  const [page, other] = await Promise.all([visit(), visit()]);
  const { email } = await join(other, newName("Keys"));
  await chatAbout(other, market.boots);
  await goLive(other, await chatAbout(other, market.pan));
  await send(other, "Hello from the phone");
  await expect(messages(other)).toHaveCount(2);

  await page.goto("/login");
  await tabTo(page, page.getByLabel("E-mail"));
  await page.keyboard.type(email);
  await tabTo(page, page.getByLabel("Password"));
  await page.keyboard.type("demo-password");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/chats");
  await goLive(page, "/chats");

  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, chatList(page).getByRole("link", { name: /Cast-iron pan/ }));
  await page.keyboard.press("Enter");
  await expect(messages(page).last()).toContainText("Hello from the phone");

  await tabTo(page, field(page));
  await page.keyboard.type("Typed, ");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("never clicked");
  await page.keyboard.press("Enter");
  const mine = message(page, "Typed,\nnever clicked");
  await expect(mine.getByTitle(/Sent|Delivered/)).toBeVisible();

  await tabTo(page, mine.getByLabel("Message options"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(mine.getByText("Take back")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(mine.getByText("Take back")).toBeHidden();
  await expect(mine.getByLabel("Message options")).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, mine.getByRole("link", { name: "Edit" }));
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Edited, never clicked");
  await page.keyboard.press("Enter");
  await expect(message(page, "Edited, never clicked")).toContainText("edited");
  await expect(composer(page).getByRole("button", { name: "Send" })).toBeVisible();

  await tabTo(
    page,
    page.getByRole("searchbox", { name: "Search chats and messages" }),
    "Shift+Tab",
  );
  await page.keyboard.type("phone");
  await page.keyboard.press("Enter");
  await expect(chatList(page).getByRole("listitem")).toHaveCount(1);
  await expect(chatList(page)).toContainText("Hello from the phone");
});

/** Presses a key until the focus is there, as often as a person would bear. */
async function tabTo(page: Page, target: Locator, key = "Tab") {
  for (let pressed = 0; pressed < 40; pressed += 1) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(target).toBeFocused();
}
