import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { signIn } from "./accounts";
import { expect, test } from "./browsers";
import {
  adminPages,
  chatPages,
  chatStates,
  demoPages,
  flagPages,
  marketPages,
  moderatorPages,
  picturePages,
  signedOut,
} from "./every-page";

const looks = [
  { width: 360, colorScheme: "dark", axe: true },
  { width: 768, colorScheme: "light", axe: false },
  { width: 1440, colorScheme: "light", axe: true },
] as const;

test("what people see before they sign in fits, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await signedOut(page, (name) => inspect(page, name));
});

test("lists, listings and errors fit, and axe finds nothing", async ({ visit }) => {
  const page = await visit({
    tolerates: /status of 500|answered 500|Unable to decode|SyntaxError/,
  });
  await marketPages(page, (name) => inspect(page, name));
});

test("a chat with endless words fits, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await chatPages(page, (name) => inspect(page, name));
});

test("a chat from right to left, closed and searched, fits, and axe finds nothing", async ({
  visit,
}) => {
  const page = await visit();
  await chatStates(page, (name) => inspect(page, name));
});

test("a list and a chat that are well used fit, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "buyer@demo.test");
  await demoPages(page, (name) => inspect(page, name));
});

test("pictures in a chat, chosen and opened fit, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "buyer@demo.test");
  await picturePages(page, (name) => inspect(page, name));
});

test("figures and what moderators find fit, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "moderator@demo.test");
  await moderatorPages(page, (name) => inspect(page, name));
});

test("flags fit, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "moderator2@demo.test");
  await flagPages(page, (name) => inspect(page, name));
});

test("people, the audit log and the live page fit, and axe finds nothing", async ({ visit }) => {
  // More pages than the others show.
  test.slow();
  const page = await visit();
  await signIn(page, "admin@demo.test");
  await adminPages(page, (name) => inspect(page, name));
});

/**
 * On each width, and with axe on the narrowest and the widest. Colours do not depend on the width
 * nor the layout on colours, so that light and dark share the two.
 */
async function inspect(page: Page, name: string) {
  const viewport = page.viewportSize();
  for (const { width, colorScheme, axe } of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect.soft(overflow, `${name} at ${width} px scrolls sideways`).toBe(0);
    if (!axe) continue;
    // Legacy: without a page of its own for each run, which frames alone would need.
    // What was found to be right is not listed: that took half of the time.
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ["violations"] })
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html)}`);
    expect.soft(found, `${name} at ${width} px, ${colorScheme}`).toEqual([]);
  }
  if (viewport) await page.setViewportSize(viewport);
}
