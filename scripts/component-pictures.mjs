import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, expect } from "@playwright/test";
import sharp from "sharp";
import { findBrowser } from "./browser.mjs";
import { pinnedNode, root } from "./machine.mjs";
import { build } from "./setup.mjs";

// Makes the pictures of docs/components.md again, from the demo market as it is built now.

const origin = "http://127.0.0.1:4977";
const folder = join(root, "docs", "pictures", "components");

/**
 * @typedef {import("@playwright/test").Page} Page
 * @typedef {import("@playwright/test").Locator} Locator
 */

/** @param {Page} page @param {string} title of a subject */
async function openChat(page, title) {
  await page.goto("/chats");
  await page.getByRole("link", { name: title }).first().click();
  await expect(page.getByRole("article").last()).toBeVisible();
}

/**
 * Where each component is found, each beginning where the one before stopped.
 *
 * @type {Record<string, (page: Page) => Promise<Locator> | Locator>}
 */
const places = {
  async field(page) {
    await page.goto("/join");
    await page.getByLabel("Name").fill("Somebody");
    await page.getByLabel("E-mail").fill("buyer@demo.test");
    await page.getByLabel("Password").fill("too short");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");
    return page.locator("form").filter({ has: page.getByLabel("Password") });
  },
  async "form-errors"(page) {
    await page.goto("/login");
    await page.getByLabel("E-mail").fill("buyer@demo.test");
    await page.getByLabel("Password").fill("another password");
    await page.getByRole("button", { name: "Sign in" }).click();
    return page.getByRole("alert");
  },
  async card(page) {
    await page.goto("/login");
    await page.getByLabel("E-mail").fill("buyer@demo.test");
    await page.getByLabel("Password").fill("demo-password");
    const card = page.locator("div.shadow-card").first();
    await expect(card).toBeVisible();
    return card;
  },
  async "chat-row"(page) {
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/chats$/);
    return page.getByRole("listitem").filter({ hasText: "City bicycle" }).first();
  },
  "count-badge": (page) => page.getByRole("banner").getByRole("link", { name: /^Chats/ }),
  "subject-picture": (page) => page.locator(".picture:has(img)").first(),
  async message(page) {
    await openChat(page, "Walnut dining table");
    const said = page.getByRole("article").filter({ hasNot: page.locator("img") });
    return said.last();
  },
  "picture-grid": (page) => page.locator("[class*='pictures-']:has(img)").last(),
  composer: (page) => page.getByRole("form", { name: "Send a message" }),
  async "person-menu"(page) {
    await page.locator("summary[aria-label^='About'], summary:has-text('About')").first().click();
    return page.locator("details[open] > :not(summary)").first();
  },
  async "asking-page"(page) {
    await page.goto(`${new URL(page.url()).pathname}/mute`);
    return page.getByRole("main");
  },
  async "dispute-banner"(page) {
    await openChat(page, "spresso");
    return page.locator("p[data-apart='notices']");
  },
  async "radio-group"(page) {
    await page.goto(`${new URL(page.url()).pathname}/report`);
    return page.locator("fieldset").first();
  },
  async switch(page) {
    await page.goto("/settings");
    return page.getByRole("checkbox", { name: "Online status" }).locator("xpath=../..");
  },
  select: (page) => page.getByLabel("Time zone").locator("xpath=.."),
  async page(page) {
    await page.goto("/reports");
    return page.getByRole("main");
  },
  async calm(page) {
    await page.goto("/chats/unknown");
    return page.getByRole("main");
  },
  async tile(page) {
    await page.context().clearCookies();
    await page.goto("/login");
    await page.getByLabel("E-mail").fill("admin@demo.test");
    await page.getByLabel("Password").fill("demo-password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/chats$/);
    await page.goto("/admin");
    return page
      .getByRole("main")
      .getByRole("list")
      .filter({ has: page.locator(".shadow-card") });
  },
  choices: (page) => page.getByRole("navigation").filter({ hasText: "Day" }).last(),
  async panel(page) {
    await page.goto("/admin/live");
    return page.locator("section[id]").first();
  },
};

await build();
mkdirSync(folder, { recursive: true });
const server = spawn(pinnedNode(), [join(root, "scripts", "test-server.mjs")], {
  env: { ...process.env, HOST: "127.0.0.1", PORT: new URL(origin).port },
  stdio: ["ignore", "ignore", "inherit"],
});
const browser = await chromium.launch({ executablePath: findBrowser() });
try {
  await expect(async () => expect((await fetch(`${origin}/readyz`)).status).toBe(200)).toPass();
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    const look = { locale: "en-GB", timezoneId: "Europe/Berlin", deviceScaleFactor: 1.5 };
    const page = await browser.newPage({
      ...look,
      baseURL: origin,
      colorScheme,
      viewport: { width: 1100, height: 760 },
    });
    for (const [name, find] of Object.entries(places)) {
      const picture = await (await find(page)).screenshot({ timeout: 10_000 });
      await sharp(picture)
        .webp({ quality: 80 })
        .toFile(join(folder, `${name}-${colorScheme}.webp`));
    }
    await page.close();
  }
} finally {
  await browser.close();
  server.kill("SIGTERM");
}
