import { expect, type Locator, type Page } from "@playwright/test";
import { submit } from "./accounts";

/** Goes to a page and waits until its stream is open: what happens from then on comes by itself. */
export async function goLive(page: Page, path: string) {
  const streaming = page.waitForResponse((response) => isStream(response.url()));
  await page.goto(path);
  await streaming;
}

/** The same where streams are cut off: a page asks for its own once its scripts have taken over. */
export async function goScripted(page: Page, path: string) {
  const asking = page.waitForRequest((request) => isStream(request.url()));
  await page.goto(path);
  await asking;
}

export function isStream(url: URL | string) {
  return new URL(url).pathname === "/events";
}

/** Starts (or finds) the chat about a listing. @returns its address, which is still to be opened */
export function chatAbout(page: Page, { reference }: { reference: string }) {
  return submit(page, `/listings/${reference}`, {});
}

/**
 * Starts (or finds) the chat about a listing, as a buyer does. Its page is there, but perhaps not its
 * scripts: what needs them goes to the chat's address and waits.
 */
export async function startChat(page: Page, listing: { reference: string }) {
  await page.goto(`/listings/${listing.reference}`);
  await page.getByRole("button", { name: "Message seller" }).click();
  await expect(page).toHaveURL(/\/chats\/[0-9a-f-]{36}$/);
  await expect(log(page)).toBeVisible();
  return new URL(page.url()).pathname;
}

export const chatList = (page: Page) =>
  page.getByRole("navigation", { name: "Chats", exact: true });

/** The row of a chat in the list, by the name of the other party or the subject's title. */
export const row = (page: Page, text: string | RegExp) =>
  chatList(page).getByRole("listitem").filter({ hasText: text });

export const log = (page: Page) => page.getByRole("log", { name: "Messages" });

export const messages = (page: Page) => log(page).getByRole("article");

/** The message that says this, and nothing more. */
export const message = (page: Page, text: string) =>
  messages(page).filter({ has: page.getByText(text, { exact: true }) });

export const composer = (page: Page) => page.getByRole("form", { name: "Send a message" });

export const field = (page: Page) => composer(page).getByRole("textbox", { name: "Message" });

export async function send(page: Page, text: string) {
  await field(page).fill(text);
  await composer(page).getByRole("button", { name: "Send" }).click();
}

/** The number before the page's title: 0 when there is none. */
export async function titleCount(page: Page) {
  return Number(/^\((\d+)\)/.exec(await page.title())?.[1] ?? 0);
}

export const seqs = (page: Page) =>
  messages(page).evaluateAll((articles) =>
    articles.map((article) => Number((article as HTMLElement).dataset.seq)),
  );

/** Opens the menu of a message, which shows itself to a mouse only over the message. */
export async function openMenu(one: Locator) {
  await one.hover();
  await one.getByLabel("Message options").click();
}

/**
 * Opens streams of the page's own person beside it, and lets go of them again: the limit for each
 * person ends the page's stream, as a cut on the way would.
 */
export async function crowdOut(page: Page, limit = 10) {
  const cookies = await page.context().cookies();
  const Cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const leaving = new AbortController();
  const { signal } = leaving;
  const address = new URL("/events", page.url());
  for (let opened = 0; opened < limit; opened += 1) {
    const answer = await fetch(address, { headers: { Cookie }, signal });
    expect(answer.status).toBe(200);
  }
  leaving.abort();
}
