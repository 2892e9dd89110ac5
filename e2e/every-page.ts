import { createECDH, randomBytes, randomUUID } from "node:crypto";
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
  await page.goto("/notifications");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Notifications");
  await look("notifications-empty");
  await page.goto("/listings");
  await look("listings");
  await page.getByRole("link", { name: "More listings" }).click();
  await expect(page.getByRole("link", { name: "First listings" })).toBeVisible();
  await page.goto(`/listings/${market.mirror.reference}`);
  await look("listing");
  await addDevice(page);
  await page.goto("/settings");
  await expect(page.getByText("(this device)")).toHaveCount(2);
  await look("settings");
  await page.getByLabel("Online status").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your choice is saved.")).toBeVisible();
  await look("settings-saved");
  await page.getByLabel("Quiet hours").check();
  await page.getByLabel("Until", { exact: true }).fill("22:00");
  await page.getByRole("button", { name: "Update notifications" }).click();
  await expect(page.getByLabel("Until", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await look("settings-refused");
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
  await page.goto(`${chat}/mute`);
  await look("mute");
  await page.getByRole("button", { name: "1 week" }).click();
  await expect(page.getByText("Muted")).toHaveCount(2);
  await look("chat-muted");
  await page.goto(`${chat}/mute`);
  await look("mute-muted");
  await page.goto(`${chat}/block`);
  await look("block");
  await page.getByRole("button", { name: "Block" }).click();
  await expect(page.getByRole("button", { name: "Unblock" })).toBeVisible();
  await look("chat-blocked");
  await page.goto("/settings");
  await look("settings-blocked");
  await page.goto("/settings/data");
  await page.getByRole("button", { name: "Download my data" }).click();
  const exports = page.getByRole("region", { name: "Your data" }).getByRole("status");
  await expect(exports).toContainText(/Asked for|Ready/);
  await look("own-data");
  await page.goto("/settings/delete");
  await page.getByLabel("To confirm, type your password").fill("another password");
  await page.getByRole("button", { name: "Delete my account for good" }).click();
  await expect(page.getByText("That is not your password.")).toBeVisible();
  await look("delete-account-refused");
  await page.goto("/settings");
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

/** A device that is pushed to, as `/settings` lists it. */
async function addDevice(page: Page) {
  const form = {
    intent: "subscribe",
    endpoint: `http://127.0.0.1:${process.env.E2E_PUSH_PORT}/push/${randomUUID()}`,
    p256dh: createECDH("prime256v1").generateKeys("base64url"),
    auth: randomBytes(16).toString("base64url"),
  };
  const headers = { Origin: new URL(page.url()).origin };
  const answer = await page.request.post("/settings/push", { form, headers });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** With a history of others' messages, unread counts and many rows. */
export const demoPages: Tour = async (page, look) => {
  await page.goto("/chats");
  expect(await titleCount(page)).toBeGreaterThan(0);
  await look("demo-chats");
  await page.goto("/notifications");
  await expect(page.getByText("Safari on iOS")).toBeVisible();
  await look("demo-notifications");
  await page.goto("/chats");
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

/** Both steps of a report of a message and of a person, what was reported, and what was decided. */
export const reportPages: Tour = async (page, look) => {
  await page.goto("/chats");
  await row(page, "Walnut dining table").getByRole("link").click();
  await expect(messages(page).last()).toBeVisible();
  const chat = new URL(page.url()).pathname;
  const report = page.getByRole("link", { name: "Report", exact: true }).last();
  await page.goto(`${chat}/report`);
  await look("report-person");
  await page.goBack();
  await page.goto((await report.getAttribute("href")) ?? "");
  await look("report-message");
  await page.getByRole("radio", { name: /Something else/ }).check();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByLabel(/Anything that helps/).fill("x".repeat(4_001));
  await look("report-second-step");
  await page.getByRole("button", { name: "Send report" }).click();
  await expect(page.getByLabel(/Anything that helps/)).toHaveAttribute("aria-invalid", "true");
  await look("report-refused");
  await page.goto("/reports");
  await look("reports");
  await page.goto("/sanctions");
  await look("sanctions");
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
  await expect(page.getByText("This demo sends no mails: it writes them into")).toBeVisible();
  await look("admin-live");
  await page.goto("/admin/integrations");
  await page.getByLabel("Name", { exact: true }).fill(longWord.slice(0, 100));
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByText("Tick at least one thing that it may do.")).toBeVisible();
  await look("admin-key-refused");
  await page.getByRole("checkbox", { name: "chats:read" }).check();
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.locator("#secret")).toBeVisible();
  await look("admin-key");
  await page.goto("/admin/integrations/webhooks");
  await page.getByLabel("Address").fill(`https://${longWord}`);
  await page.getByRole("button", { name: "Make endpoint" }).click();
  await expect(page.getByLabel("Address")).toHaveAttribute("aria-invalid", "true");
  await look("admin-webhooks-refused");
  await page.goto("/admin/retention");
  await page.getByRole("button", { name: "See what this would touch" }).click();
  await expect(page.getByRole("heading", { name: "What this would touch" })).toBeVisible();
  await look("admin-retention");
  await page.goto("/admin/users?q=seller@demo.test");
  await page.getByRole("link", { name: /^Jonas V/ }).click();
  await page.getByRole("link", { name: "Legal holds" }).click();
  await page.getByLabel("Last day (optional)").fill("2020-01-01");
  await page.getByLabel("Reason").fill(longWord);
  await page.getByRole("button", { name: "Place a legal hold" }).click();
  await expect(page.getByText("That day is over.")).toBeVisible();
  await look("admin-holds-refused");
  await page.goto("/admin/users?q=seller@demo.test");
  await page.getByRole("link", { name: /^Jonas V/ }).click();
  await page.getByRole("link", { name: "Delete the account" }).click();
  await expect(page.getByText("I know that this cannot be undone")).toBeVisible();
  await look("admin-erase");
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
  await page.getByLabel("Words, phrases or pattern").fill("table");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("button", { name: "Switch on" })).toBeVisible();
  await look("admin-rule");
  await page.getByRole("button", { name: "Try on 30 days" }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/^Done\. \d+ hits in/)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await page.getByRole("link", { name: "Show samples" }).click();
  await expect(page.locator("#samples mark").first()).toBeVisible();
  await look("admin-rule-tried");
};
