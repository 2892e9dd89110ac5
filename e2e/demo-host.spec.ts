import type { Page } from "@playwright/test";
import { startDemoHost } from "../demo-host/server.mjs";
import { newName, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { host } from "./host";
import { inspect } from "./inspect";

test("everybody can use the demo host, on every width, and it leads into his chat", async ({
  visit,
}) => {
  const url = String(test.info().project.use.baseURL);
  const key = await makeKey(await visit());
  const { address, stop } = await startDemoHost({
    url,
    key,
    ssoIssuer: host.issuer,
    ssoSecret: host.secret,
    port: Number(process.env.E2E_MARKET_PORT),
  });
  try {
    const page = await visit();
    await page.goto(address);
    await inspect(page, "demo-host-sign-in");
    await page.getByRole("button", { name: "Sign in as Tomke" }).click();
    await inspect(page, "demo-host-listings");
    await page.getByRole("link", { name: /Green bicycle/ }).click();
    await inspect(page, "demo-host-listing");
    await page.getByRole("button", { name: "Buy" }).click();
    await expect(page.getByRole("button", { name: "Open a dispute" })).toBeVisible();
    await inspect(page, "demo-host-order");
    await page.getByRole("link", { name: "Webhooks" }).click();
    await expect(async () => {
      await page.getByRole("link", { name: "Look again" }).click();
      await expect(page.getByText("verified").first()).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await inspect(page, "demo-host-webhooks");
    await page.goto(`${address}/nowhere`);
    await inspect(page, "demo-host-failure");
    await page.goto(`${address}/listings/demo-host-kettle`);
    await page.getByRole("button", { name: "Message the seller" }).click();
    await expect(page.getByRole("form", { name: "Send a message" })).toBeVisible();
  } finally {
    await forget(url, key);
    await stop();
  }
});

async function makeKey(admin: Page) {
  await signIn(admin, "admin@demo.test");
  await admin.goto("/admin/integrations");
  await admin.getByLabel("Name", { exact: true }).fill(newName("Demo host"));
  for (const kind of ["users", "subjects", "chats", "webhooks"]) {
    await admin.getByRole("checkbox", { name: `${kind}:write` }).check();
  }
  await admin.getByRole("button", { name: "Make key" }).click();
  return (await admin.locator("#secret").textContent()) ?? "";
}

/** Nobody is there any more who would be told of what other flows do. */
async function forget(origin: string, key: string) {
  const headers = { Authorization: `Bearer ${key}` };
  const { data } = await (await fetch(`${origin}/api/v1/webhooks`, { headers })).json();
  for (const { id, url } of data) {
    if (!url.startsWith(`http://127.0.0.1:${process.env.E2E_MARKET_PORT}/`)) continue;
    await fetch(`${origin}/api/v1/webhooks/${id}`, { method: "DELETE", headers });
  }
}
