import { expect, type Page } from "@playwright/test";
import { join } from "./accounts";
import {
  chatAbout,
  composer,
  field,
  goLive,
  message,
  messages,
  openMenu,
  row,
  send,
  titleCount,
} from "./chat-pages";
import { market } from "./market";
import { add, chosen, expectLoaded, notAPicture, photo, shown } from "./pictures";

/** Shows one page after another, in each of its states, and calls `look` with its name. */
type Tour = (page: Page, look: (name: string) => Promise<void>) => Promise<void>;

export const longWord = "Donaudampfschifffahrtsgesellschaft".repeat(12);
export const fromRightToLeft = "مرحبا! هل العود ما زال متوفرا؟ أقدم 150 يورو (Oud No. 7).";

export const signedOut: Tour = async (page, look) => {
  await page.goto("/");
  await look("home");
  await page.goto("/login");
  await look("login");
  await page.getByLabel("E-mail").fill("nobody@example.com");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await look("login-refused");
  await page.goto("/join");
  await look("join");
  await page.getByLabel("Name").fill("Somebody");
  await page.getByLabel("E-mail").fill("buyer@demo.test");
  await page.getByLabel("Password").fill("too short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");
  await look("join-refused");
  await page.goto("/nowhere");
  await look("not-found-signed-out");
};

export const marketPages: Tour = async (page, look) => {
  await join(page);
  await page.goto("/chats");
  await look("chats-empty");
  await page.goto("/listings");
  await look("listings");
  await page.getByRole("link", { name: "More listings" }).click();
  await expect(page.getByRole("link", { name: "First listings" })).toBeVisible();
  await page.goto(`/listings/${market.mirror.reference}`);
  await look("listing");
  await page.goto("/settings");
  await look("settings");
  await page.getByLabel("Online status").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your choice is saved.")).toBeVisible();
  await look("settings-saved");
  await page.goto("/chats/unknown");
  await look("not-found");
  // By scripts: else the link loads the page.
  await goLive(page, "/listings");
  await page.route("**/*.data*", (route) => route.fulfill({ status: 500, body: "" }));
  await page.getByRole("link", { name: "Chats" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Something went wrong");
  await look("error");
  await page.unroute("**/*.data*");
};

export const chatPages: Tour = async (page, look) => {
  await join(page, `Ann-${"W".repeat(70)}`);
  await goLive(page, await chatAbout(page, market.mirror));
  await send(page, longWord);
  await expect(message(page, longWord).getByTitle(/Sent|Delivered/)).toBeVisible();
  await send(page, "Line one\n\nhttps://example.com/".concat("a".repeat(300)));
  await expect(messages(page)).toHaveCount(3);
  await look("chat");
  await openMenu(messages(page).nth(1));
  await look("chat-message-menu");
  await messages(page).nth(1).getByText("Reply", { exact: true }).click();
  await expect(composer(page)).toContainText(longWord.slice(0, 30));
  await look("chat-reply");
  await page.goto(`${new URL(page.url()).pathname}?edit=2`);
  await expect(field(page)).toHaveValue(longWord);
  await look("chat-edit");
  await page.goto(`${new URL(page.url()).pathname}?closing=1`);
  await look("chat-closing");
};

export const chatStates: Tour = async (page, look) => {
  await join(page);
  await goLive(page, await chatAbout(page, market.oud));
  await send(page, fromRightToLeft);
  await expect(message(page, fromRightToLeft).getByTitle(/Sent|Delivered/)).toBeVisible();
  await send(page, "x".repeat(4_001));
  await expect(page.getByRole("alert")).toBeVisible();
  await look("chat-refused");
  await field(page).fill("");
  const chat = new URL(page.url()).pathname;
  await page.goto(`${chat}/block`);
  await look("block");
  await page.getByRole("button", { name: "Block" }).click();
  await expect(page.getByRole("button", { name: "Unblock" })).toBeVisible();
  await look("chat-blocked");
  await page.goto("/settings");
  await look("settings-blocked");
  await page.getByRole("button", { name: "Unblock" }).click();
  await expect(page.getByText("You block nobody.")).toBeVisible();
  await page.goto(`${chat}?closing=1`);
  await page.getByRole("button", { name: "Close chat" }).click();
  await expect(page.getByText("This chat is closed.")).toBeVisible();
  await look("chat-closed");

  await page.goto("/chats");
  await look("chats");
  await page.goto("/chats?q=مرحبا");
  await expect(row(page, "Oud")).toBeVisible();
  await look("chats-search");
  await page.goto(`/chats?q=${longWord.slice(0, 200)}nothing`);
  await look("chats-search-empty");
  await page.goto("/chats?filter=unread");
  await look("chats-unread");
  await page.goto("/chats?filter=archived");
  await look("chats-archived");
};

/** With a history of others' messages, unread counts and many rows. */
export const demoPages: Tour = async (page, look) => {
  await page.goto("/chats");
  expect(await titleCount(page)).toBeGreaterThan(0);
  await look("demo-chats");
  await row(page, "Walnut dining table").getByRole("link").click();
  await expect(messages(page).last()).toBeVisible();
  await look("demo-chat");
};

/** Pictures that came, that are about to go, and one over all else. */
export const picturePages: Tour = async (page, look) => {
  // Pictures can be chosen where scripts run.
  await goLive(page, "/chats");
  await row(page, "Walnut dining table").getByRole("link").click();
  await expectLoaded(page);
  await add(page, await photo("wide.jpg"), notAPicture);
  await expect(chosen(page).nth(1).getByRole("alert")).toBeVisible();
  await look("pictures");
  await shown(page).last().click();
  await expect(page.getByRole("dialog", { name: "Pictures" })).toBeVisible();
  await look("pictures-viewer");
};

/** Where moderators find what they work on, in the demo market. */
export const moderatorPages: Tour = async (page, look) => {
  await page.goto("/admin");
  await page.getByText("Numbers").first().click();
  await expect(page.getByRole("table", { name: "Messages" })).toBeVisible();
  await look("admin");
  await page.goto("/admin/disputes?filter=all");
  await look("admin-disputes");
  await page.goto("/admin/chats?q=table");
  await expect(page.getByRole("link", { name: "Walnut dining table" }).first()).toBeVisible();
  await look("admin-chats");
  await page.goto("/admin/disputes?filter=mine");
  await page.getByRole("link", { name: /Suitcase/ }).click();
  await expect(messages(page).last()).toBeVisible();
  await look("admin-dispute");
};

/** The queue of flags, one that is held and one that is decided. */
export const flagPages: Tour = async (page, look) => {
  await page.goto("/admin/flags");
  await look("admin-flags");
  await page.getByRole("link", { name: "Sam O., reported" }).click();
  await expect(page.getByText("You are looking at it")).toBeVisible();
  await look("admin-flag");
  await page.getByRole("button", { name: "Give back" }).click();
  await page.goto("/admin/flags?filter=decided");
  await page.getByRole("link", { name: "Message of Bo" }).last().click();
  await expect(page.getByRole("heading", { name: "Removed" })).toBeVisible();
  await look("admin-flag-decided");
};

/** Who people are, what was done, and how the program does. */
export const adminPages: Tour = async (page, look) => {
  await page.goto("/admin/users");
  await look("admin-users");
  await page.goto("/admin/audit?person=nobody@demo.test");
  await expect(page.getByText("Nobody has this address or ID.")).toBeVisible();
  await look("admin-audit-refused");
  await page.goto("/admin/audit?action=sanction.imposed");
  await expect(page.getByText("Imposed a sanction").last()).toBeVisible();
  await look("admin-audit");
  await page.goto("/admin/live");
  await expect(page.getByText("Open streams")).toBeVisible();
  await look("admin-live");
  await page.goto("/admin/filters");
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("Write to ann@example.com");
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await expect(page.locator("#try").getByText("ann@example.com").first()).toBeVisible();
  await look("admin-filters");
  await page.goto("/admin/filters/rules/new");
  await page.getByLabel("Name", { exact: true }).fill(longWord.slice(0, 60));
  await page.getByLabel("Looks for").selectOption({ label: "A pattern" });
  await page.getByLabel("Words, phrases or pattern").fill("(");
  await page.getByLabel("What the sender is told").fill("Not here, please.");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByText("This is no pattern")).toBeVisible();
  await look("admin-rule-refused");
  await page.getByLabel("Words, phrases or pattern").fill("parachute");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("button", { name: "Switch on" })).toBeVisible();
  await look("admin-rule");
};
