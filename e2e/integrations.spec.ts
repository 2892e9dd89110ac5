import { newName, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { inspect } from "./inspect";

/** What is asked of the API by another program, which has no cookies. */
const ask = (origin: string, key: string) =>
  fetch(`${origin}/api/v1/tokens`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ userId: "00000000-0000-4000-8000-000000000000" }),
  });

test("an admin makes a key, another program calls with it, and revoked it is refused", async ({
  visit,
  baseURL,
}) => {
  const page = await visit();
  await signIn(page, "admin@demo.test");
  await page.goto("/admin");
  await page.getByRole("link", { name: "Integrations" }).click();
  const name = newName("Key");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByText("Tick at least one thing that it may do.")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
  await page.getByRole("checkbox", { name: "users:write" }).check();
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.getByRole("region", { name: `The key ${name} is made` })).toBeFocused();
  const key = (await page.locator("#secret").textContent()) ?? "";
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByText("Copied").or(page.getByText("It is selected"))).toBeVisible();
  // Let in: there is only nobody of that id.
  expect((await ask(baseURL ?? "", key)).status).toBe(404);
  await page.reload();
  const entry = page.getByRole("listitem").filter({ hasText: name });
  await expect(entry).toContainText(key.slice(0, 9));
  await expect(entry).toContainText("Last used on");
  await expect(page.getByText(key)).toHaveCount(0);
  await entry.getByText("Revoke", { exact: true }).click();
  await entry.getByRole("button", { name: "Revoke this key" }).click();
  await expect(page.getByText("Revoked", { exact: true })).toBeVisible();
  expect((await ask(baseURL ?? "", key)).status).toBe(401);
});

test("without scripts a key is made once, however often its form is sent, and origins are listed", async ({
  visit,
}) => {
  const page = await visit({ javaScript: false, phone: true });
  await signIn(page, "admin@demo.test");
  await page.goto("/admin/integrations");
  const name = newName("Key");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("checkbox", { name: "chats:read" }).check();
  await page.getByRole("button", { name: "Make key" }).click();
  await expect(page.locator("#secret")).toHaveText(/^pk_/);
  await page.reload();
  await expect(page.getByText(`The key ${name} was made already`)).toBeVisible();
  await expect(page.locator("#keys li").filter({ hasText: name })).toHaveCount(1);

  const origin = `https://${newName("o").replace(" ", "-")}.example`;
  await page.getByLabel("Origin", { exact: true }).fill(`${origin}/basket`);
  await page.getByRole("button", { name: "Add origin" }).click();
  await expect(page.getByText("This is no origin.")).toBeVisible();
  await page.getByLabel("Origin", { exact: true }).fill(origin);
  await page.getByRole("button", { name: "Add origin" }).click();
  const listed = page.getByRole("listitem").filter({ hasText: origin });
  await listed.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Removed", { exact: true })).toBeVisible();
  await expect(listed).toHaveCount(0);
});

test("an admin has the host told of what happens, and sees what it was told", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "admin@demo.test");
  await page.goto("/admin/integrations");
  await page.getByRole("link", { name: "Webhooks" }).click();
  await page.getByLabel("Address").fill("https://127.0.0.1/parley");
  await page.getByRole("button", { name: "Make endpoint" }).click();
  await expect(page.getByText("This is an address inside of a network.")).toBeVisible();
  // Nobody is there: it is told of nothing that is seen before it is off again.
  const url = `https://${newName("shop").replace(" ", "-")}.invalid/parley`;
  await page.getByLabel("Address").fill(url);
  await page.getByRole("checkbox", { name: /^message\.updated/ }).uncheck();
  await page.getByRole("button", { name: "Make endpoint" }).click();
  await expect(page.getByRole("region", { name: `The endpoint ${url} is made` })).toBeFocused();
  await expect(page.locator("#secret")).toHaveText(/^whsec_/);
  await page.getByRole("link", { name: url }).click();
  await page.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByRole("heading", { name: "It is off" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send all failed again" })).toBeDisabled();
  await page.getByText("Make a new secret").click();
  await page.getByRole("button", { name: "Make it" }).click();
  await expect(page.getByRole("region", { name: "The new secret" })).toBeFocused();
  await inspect(page, "an endpoint");
  await page.getByText("Delete this endpoint").click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByText("Deleted", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: url })).toHaveCount(0);
});
