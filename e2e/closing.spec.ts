import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, field, goLive, messages, row, send } from "./chat-pages";
import { market } from "./market";

test("a closed chat says why nobody can write, on both sides at once", async ({ visit }) => {
  const [buyer, seller] = await Promise.all([visit(), visit({ phone: true })]);
  const { name } = await join(buyer);
  const chat = await chatAbout(buyer, market.telescope);
  await goLive(buyer, chat);
  await send(buyer, "I found another one, sorry");
  await signIn(seller, market.telescope.email);
  await goLive(seller, chat);
  await field(seller).fill("Still typing");

  await buyer.getByLabel("Chat options").click();
  await buyer.getByRole("link", { name: "Close chat" }).click();
  await expect(buyer.getByText("Close this chat for both of you?")).toBeVisible();
  await buyer.getByRole("link", { name: "Cancel" }).click();
  await expect(field(seller)).toBeVisible();
  await buyer.getByLabel("Chat options").click();
  await buyer.getByRole("link", { name: "Close chat" }).click();
  await buyer.getByRole("button", { name: "Close chat" }).click();
  for (const page of [buyer, seller]) {
    await expect(page.getByText("This chat is closed.")).toBeVisible();
    await expect(messages(page).last()).toContainText("The buyer closed this chat");
    await expect(field(page)).toHaveCount(0);
  }
  await seller.goto("/chats");
  await expect(row(seller, name)).toContainText("The buyer closed this chat");
});

test("a chat leaves the archive with its next message", async ({ visit }) => {
  const [buyer, seller] = await Promise.all([visit({ phone: true }), visit()]);
  await join(buyer);
  const chat = await chatAbout(buyer, market.telescope);
  await goLive(buyer, chat);
  await buyer.getByLabel("Chat options").click();
  await buyer.getByRole("button", { name: "Archive chat" }).click();
  await expect(buyer).toHaveURL("/chats");
  await expect(row(buyer, "Telescope")).toHaveCount(0);
  await buyer.getByRole("link", { name: "Archived" }).click();
  await expect(row(buyer, "Telescope")).toBeVisible();
  await goLive(buyer, "/chats");
  await expect(row(buyer, "Telescope")).toHaveCount(0);

  await signIn(seller, market.telescope.email);
  await goLive(seller, chat);
  await send(seller, "Do you still want it?");
  await expect(row(buyer, "Telescope")).toContainText("Do you still want it?");
  await expect(row(buyer, "Telescope")).toContainText("1 unread");
});
