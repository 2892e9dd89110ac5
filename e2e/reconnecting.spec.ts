import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, crowdOut, goLive, isStream, message, messages, row, send } from "./chat-pages";
import { market } from "./market";
import { tolerates } from "./sends";

test("who was offline sees what he missed, once and in order", async ({ visit }) => {
  const [buyer, seller] = await Promise.all([visit({ phone: true, tolerates }), visit()]);
  const { name } = await join(buyer);
  const chat = await chatAbout(buyer, market.rug);
  await signIn(seller, market.rug.email);
  await Promise.all([goLive(buyer, chat), goLive(seller, chat)]);
  await send(seller, "Before");
  await expect(message(buyer, "Before")).toBeVisible();

  await buyer.context().setOffline(true);
  await crowdOut(buyer);
  for (const text of ["Missed 1", "Missed 2", "Missed 3"]) await send(seller, text);
  await expect(message(seller, "Missed 3").getByTitle(/^(Sent|Delivered)$/)).toBeVisible();
  await expect(message(buyer, "Missed 1")).toHaveCount(0);
  await buyer.context().setOffline(false);
  await expect(message(buyer, "Missed 3")).toBeInViewport();
  await expect(messages(buyer)).toHaveCount(5);
  expect(
    await messages(buyer)
      .getByText(/^Missed/)
      .allInnerTexts(),
  ).toEqual(["Missed 1", "Missed 2", "Missed 3"]);
  await expect(row(seller, name)).toContainText("Missed 3");
});

test("the stream that was cut because an eleventh was opened comes back by itself", async ({
  visit,
}) => {
  const [buyer, seller] = await Promise.all([visit(), visit()]);
  await join(buyer);
  const chat = await chatAbout(buyer, market.stroller);
  await signIn(seller, market.stroller.email);
  await goLive(buyer, chat);
  const again = buyer.waitForResponse((response) => isStream(response.url()));
  await crowdOut(buyer);
  await again;
  await goLive(seller, chat);
  await send(seller, "Are you still there?");
  await expect(message(buyer, "Are you still there?")).toBeVisible();
  await expect(messages(buyer)).toHaveCount(2);
});
