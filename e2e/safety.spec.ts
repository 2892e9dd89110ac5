import type { Page } from "@playwright/test";
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
} from "./chat-pages";
import { market, paidChat } from "./market";

const phone = "Call me: +44 7700 900123";
const mail = "Write to me at ann@example.com";

const isSent = (page: Page, text: string) =>
  expect(message(page, text).getByTitle(/^(Sent|Delivered|Read)$/)).toBeVisible();

test("before the deal a seller who types contact details is told why, changes them or confirms", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit(), visit({ phone: true })]);
  await join(buyer);
  const chat = await chatAbout(buyer, market.accordion);
  await goLive(buyer, chat);
  await signIn(seller, market.accordion.email);
  await goLive(seller, chat);

  // Blocked: only a change helps. Others are not held up by it.
  await send(seller, mail);
  await send(seller, "It is still for sale.");
  const blocked = message(seller, mail);
  await expect(blocked.getByTitle("Not sent")).toBeVisible();
  await expect(blocked.getByRole("alert")).toContainText("E-mail address");
  await expect(blocked.getByRole("alert")).toContainText("once the order is paid");
  await expect(blocked.locator("mark")).toHaveText("ann@example.com");
  await expect(blocked.getByRole("button", { name: "Send anyway" })).toHaveCount(0);
  await expect(message(buyer, "It is still for sale.")).toBeVisible();
  await seller.reload();
  await expect(blocked.getByRole("alert")).toContainText("E-mail address");
  await blocked.getByRole("button", { name: "Edit" }).click();
  const editor = seller.getByRole("textbox", { name: "Edit your message" });
  await expect(editor).toBeFocused();
  await expect(editor).toHaveValue(mail);
  await editor.fill("Write to me here, please");
  await log(seller).getByRole("button", { name: "Send", exact: true }).click();
  await isSent(seller, "Write to me here, please");
  await expect(field(seller)).toBeFocused();

  // Warned of: he may.
  await send(seller, phone);
  const warned = message(seller, phone);
  await expect(warned.getByRole("alert")).toContainText("Phone number");
  await warned.getByRole("button", { name: "Send anyway" }).click();
  await isSent(seller, phone);
  await expect(message(buyer, phone)).toBeVisible();
  await expect(log(buyer)).not.toContainText("ann@example.com");

  // An edit says so in its own form.
  await openMenu(message(seller, "Write to me here, please"));
  await message(seller, "Write to me here, please").getByText("Edit", { exact: true }).click();
  await expect(field(seller)).toHaveValue("Write to me here, please");
  await field(seller).fill(mail);
  await composer(seller).getByRole("button", { name: "Save" }).click();
  await expect(field(seller)).toHaveAccessibleDescription(/E-mail address.*ann@example\.com/);
  await expect(field(seller)).toHaveValue(mail);
  await field(seller).fill("Or +44 7700 900456");
  await composer(seller).getByRole("button", { name: "Save" }).click();
  await composer(seller).getByRole("button", { name: "Save anyway" }).click();
  await expect(message(buyer, "Or +44 7700 900456")).toContainText("edited");
});

test("without scripts the refusal stands beside the field, and a warning is confirmed", async ({
  visit,
}) => {
  const page = await visit({ javaScript: false, phone: true });
  await join(page);
  await page.goto(await chatAbout(page, market.sewingMachine));
  await send(page, mail);
  await expect(field(page)).toHaveAccessibleDescription(/E-mail address.*ann@example\.com/);
  await expect(field(page)).toHaveValue(mail);
  await expect(page.getByRole("button", { name: "Send anyway" })).toHaveCount(0);
  await send(page, phone);
  await expect(field(page)).toHaveAccessibleDescription(/Phone number/);
  // Another text is no confirmed one.
  await field(page).fill("Call me: +44 7700 900456");
  await page.getByRole("button", { name: "Send anyway" }).click();
  await expect(field(page)).toHaveAccessibleDescription(/900456/);
  await page.getByRole("button", { name: "Send anyway" }).click();
  await expect(messages(page)).toHaveCount(2);
  await expect(messages(page).last()).toContainText("+44 7700 900456");
  await expect(field(page)).toHaveValue("");

  await openMenu(messages(page).last());
  await messages(page).last().getByText("Edit", { exact: true }).click();
  await field(page).fill("Call me: +44 7700 900789");
  await composer(page).getByRole("button", { name: "Save" }).click();
  await expect(field(page)).toHaveValue("Call me: +44 7700 900789");
  await page.getByRole("button", { name: "Save anyway" }).click();
  await expect(messages(page).last()).toContainText("+44 7700 900789");
});

test("once the order is paid the same passes", async ({ visit }) => {
  const page = await visit();
  await signIn(page, paidChat.email);
  await page.goto("/chats");
  await row(page, paidChat.row).getByRole("link").click();
  for (const text of [mail, phone]) {
    await send(page, text);
    await isSent(page, text);
  }
});
