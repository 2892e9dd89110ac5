import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";

/** Of every account of the demo market. */
export const demoPassword = "demo-password";

/** @returns a name that nobody else in the market has */
export function newName(kind: string) {
  return `${kind} ${randomUUID().slice(0, 8)}`;
}

/** Makes an account as people do; each flow has its own, so that flows do not meet. */
export async function join(page: Page, name = newName("Buyer")) {
  const email = `${randomUUID()}@example.com`;
  await page.goto("/join");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(demoPassword);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/chats");
  return { name, email };
}

export async function signIn(page: Page, email: string) {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(demoPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/chats");
}
