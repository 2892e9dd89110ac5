import { demoPassword, join, newName, submit } from "./accounts";
import { expect, test } from "./browsers";

for (const scripts of [true, false]) {
  const how = scripts ? "with scripts" : "without scripts";
  test(`somebody downloads his data and deletes his account ${how}`, async ({ visit }) => {
    const page = await visit({ javaScript: scripts });
    const name = newName("Leaving");
    const { email } = await join(page, name);
    await page.goto("/settings/data");
    await page.getByRole("button", { name: "Download my data" }).click();
    await expect(async () => {
      await page.goto("/settings/data");
      await expect(page.getByRole("link", { name: "Download", exact: true })).toBeVisible();
    }).toPass();
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download", exact: true }).click();
    expect((await downloading).suggestedFilename()).toMatch(/^parley-data-[\d-]{10}\.zip$/);

    await page.goto("/settings");
    await page.getByRole("link", { name: "Delete my account" }).click();
    await page.getByLabel("To confirm, type your password").fill("another password");
    await page.getByRole("button", { name: "Delete my account for good" }).click();
    await expect(page.getByText("That is not your password.")).toBeVisible();
    await page.getByLabel("To confirm, type your password").fill(demoPassword);
    await page.getByRole("button", { name: "Delete my account for good" }).click();
    await expect(page.getByText("Your account is deleted.")).toBeVisible();

    await page.goto("/chats");
    await expect(page).toHaveURL(/\/login/);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(demoPassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    // The address is free again.
    await submit(page, "/join", { name, email, password: demoPassword });
  });
}
