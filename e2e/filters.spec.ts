import { randomUUID } from "node:crypto";
import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, goLive, message, send } from "./chat-pages";
import { market } from "./market";

test("an admin writes a rule, tries it on what was sent and switches it on, and a message is refused with its words", async ({
  visit,
}) => {
  test.slow();
  // All that an admin does here works without scripts.
  const [admin, buyer] = await Promise.all([visit({ javaScript: false }), visit()]);
  // A word of its own, so that this flow and others do not meet.
  const word = `zz${randomUUID().replace(/[^a-f]/g, "")}qq`;
  const told = `We do not trade in ${word}.`;
  await join(buyer);
  const chat = await chatAbout(buyer, market.accordion);
  await goLive(buyer, chat);
  const first = `Do you have ${word} too?`;
  await send(buyer, first);
  await expect(message(buyer, first).getByTitle(/^(Sent|Delivered|Read)$/)).toBeVisible();

  await signIn(admin, "admin@demo.test");
  await admin.goto("/admin/filters");
  await admin.getByRole("link", { name: "New rule" }).click();
  await admin.getByLabel("Name", { exact: true }).fill(word);
  await admin.getByLabel("Looks for").selectOption({ label: "A pattern" });
  await admin.getByLabel("Words, phrases or pattern").fill(`${word}(`);
  await admin.getByLabel("Then", { exact: true }).selectOption("block");
  await admin.getByLabel("What the sender is told").fill(told);
  await admin.getByRole("button", { name: "Create" }).click();
  await expect(admin.getByText("This is no pattern: missing closing )")).toBeVisible();
  await expect(admin.getByLabel("What the sender is told")).toHaveValue(told);
  await admin.getByLabel("Words, phrases or pattern").fill(word);
  await admin.getByRole("button", { name: "Create" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: word })).toBeVisible();

  await admin.getByRole("button", { name: "Try on 30 days" }).click();
  await expect(async () => {
    await admin.reload();
    await expect(admin.getByText(/^Done\. 1 hit in/)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await admin.getByRole("link", { name: "Show samples" }).click();
  await expect(admin.locator("#samples mark")).toHaveText(word);
  await admin.getByRole("button", { name: "Switch on" }).click();
  await expect(admin.getByRole("button", { name: "Switch off" })).toBeVisible();

  const second = `And more ${word}?`;
  await send(buyer, second);
  await expect(message(buyer, second).getByRole("alert")).toContainText(told);
  await admin.goto("/admin/filters");
  await admin.getByRole("textbox", { name: "Text", exact: true }).fill(`${word} here`);
  await admin.getByRole("button", { name: "Try", exact: true }).click();
  await expect(admin.locator("#try").getByText(`${word} · Block`).first()).toBeVisible();
  await admin.getByRole("link", { name: word }).click();
  await admin.getByRole("button", { name: "Switch off" }).click();
  await expect(admin.getByRole("button", { name: "Switch on" })).toBeVisible();
});
