import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";

/** Of every account of the demo market. */
export const demoPassword = "demo-password";

/** @returns a name that nobody else in the market has */
export function newName(kind: string) {
  return `${kind} ${randomUUID().slice(0, 8)}`;
}

/** Signs a new account in; each flow has its own, so that flows do not meet. */
export async function join(page: Page, name = newName("Buyer")) {
  const email = `${randomUUID()}@example.com`;
  await submit(page, "/join", { name, email, password: demoPassword });
  return { name, email };
}

export async function signIn(page: Page, email: string) {
  await submit(page, "/login", { email, password: demoPassword });
}

/** Sends a form as its page would, without loading the page: most flows are about something else. */
export async function submit(page: Page, path: string, form: Record<string, string>) {
  const headers = { Origin: test.info().project.use.baseURL ?? "" };
  const answer = await page.request.post(path, { form, headers, maxRedirects: 0 });
  expect(answer.status(), await answer.text()).toBe(303);
  return answer.headers().location ?? "";
}

/** Makes an account as people do. */
export async function joinByPage(page: Page, name = newName("Buyer")) {
  const email = `${randomUUID()}@example.com`;
  await page.goto("/join");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(demoPassword);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/chats");
  return { name, email };
}

export async function signInByPage(page: Page, email: string) {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(demoPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/chats");
}
