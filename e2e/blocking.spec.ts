import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { composer, field, goLive, log, message, row, send, startChat } from "./chat-pages";
import { market } from "./market";

test("a seller blocks a buyer, who learns only that his message was not delivered, until it is", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit({ phone: true }), visit()]);
  const { name } = await join(buyer);
  const path = await startChat(buyer, market.accordion);
  await send(buyer, "Would you take half of it?");
  await expect(message(buyer, "Would you take half of it?")).toContainText(/Sent|Delivered/);

  await signIn(seller, market.accordion.email);
  await goLive(seller, path);
  await expect(buyer.getByRole("paragraph").filter({ hasText: "Online" })).toBeVisible();
  await seller.getByLabel("Chat options").click();
  await seller.getByRole("link", { name: "Block", exact: true }).click();
  await expect(seller.getByRole("heading", { name: `Block ${name}?` })).toBeVisible();
  await expect(seller.getByRole("link", { name: `Report ${name}` })).toBeVisible();
  await seller.getByRole("button", { name: `Block ${name}` }).click();
  await expect(
    seller.getByText(`You blocked ${name}: neither of you can write here.`),
  ).toBeVisible();
  await expect(composer(seller)).toHaveCount(0);
  await expect(row(seller, name)).toContainText("Blocked");

  await expect(buyer.getByText("Online", { exact: true })).toHaveCount(0);
  await field(buyer).pressSequentially("Then two thirds");
  await composer(buyer).getByRole("button", { name: "Send" }).click();
  const refused = message(buyer, "Then two thirds");
  await expect(refused.getByRole("alert")).toHaveText("This message was not delivered.");
  // It is kept, and nothing on the page says why it did not arrive.
  await expect(refused.getByRole("button", { name: "Try again" })).toBeVisible();
  await expect(buyer.locator("body")).not.toContainText(/blocked/i);
  await expect(log(seller)).not.toContainText("Then two thirds");
  await expect(seller.getByText("is typing")).toHaveCount(0);

  await seller.getByRole("button", { name: "Unblock" }).click();
  await expect(composer(seller)).toBeVisible();
  await expect(buyer.getByRole("paragraph").filter({ hasText: "Online" })).toBeVisible();
  await refused.getByRole("button", { name: "Try again" }).click();
  await expect(message(seller, "Then two thirds")).toBeVisible();
  await expect(message(buyer, "Then two thirds")).toContainText("Read");
});

test("without scripts too: what is typed stays in the form", async ({ visit }) => {
  const [buyer, seller] = await Promise.all([
    visit({ javaScript: false }),
    visit({ javaScript: false, phone: true }),
  ]);
  const { name } = await join(buyer);
  const path = await startChat(buyer, market.shoes);
  await signIn(seller, market.shoes.email);
  await seller.goto(path);
  await seller.getByLabel("Chat options").click();
  await seller.getByRole("link", { name: "Block", exact: true }).click();
  await seller.getByRole("button", { name: `Block ${name}` }).click();
  await expect(
    seller.getByText(`You blocked ${name}: neither of you can write here.`),
  ).toBeVisible();
  await send(buyer, "Do they run small?");
  await expect(buyer.getByRole("alert")).toHaveText("This message was not delivered.");
  await expect(field(buyer)).toHaveValue("Do they run small?");
  await seller.goto("/settings");
  await seller.getByRole("button", { name: `Unblock ${name}` }).click();
  await expect(seller.getByText("You block nobody.")).toBeVisible();
  await composer(buyer).getByRole("button", { name: "Send" }).click();
  await expect(message(buyer, "Do they run small?")).toBeVisible();
});
