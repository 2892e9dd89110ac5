import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, goLive, message, send } from "./chat-pages";
import { market } from "./market";

const rude = "You know nothing about consoles";

test("who reports without scripts hears live what came of it, and its author reads why and appeals", async ({
  visit,
}) => {
  // Four people, each with a browser of his own, on whatever machine there is.
  test.slow();
  const [author, reporter, plain, moderator] = await Promise.all([
    visit({ phone: true, dark: true }),
    visit(),
    visit({ phone: true, javaScript: false }),
    visit(),
  ]);
  const { name } = await join(author);
  const chat = await chatAbout(author, market.console);
  await goLive(author, chat);
  await send(author, rude);
  await expect(message(author, rude).getByTitle(/Sent|Delivered/)).toBeVisible();
  await expect(author.getByRole("link", { name: "Report", exact: true })).toHaveCount(0);

  await signIn(plain, market.console.email);
  await plain.goto(chat);
  await message(plain, rude).getByRole("link", { name: "Report" }).click();
  await plain.getByRole("radio", { name: /Something else/ }).check();
  await plain.getByRole("button", { name: "Next" }).click();
  await expect(plain.getByRole("paragraph").filter({ hasText: rude })).toBeVisible();
  await plain.getByLabel(/Anything that helps/).fill("This is not how we talk here");
  await plain.getByRole("button", { name: "Send report" }).click();
  await expect(plain.getByText("Your report is sent.")).toBeVisible();
  const waiting = plain.getByRole("article").filter({ hasText: name });
  await expect(waiting).toContainText("Waiting for a moderator");

  await signIn(reporter, market.console.email);
  await goLive(reporter, "/listings");
  await signIn(moderator, "moderator@demo.test");
  await moderator.goto("/admin/flags?source=report");
  await moderator.getByRole("link", { name }).click();
  await moderator.getByRole("radio", { name: "Remove message" }).check();
  await moderator.getByLabel("Statement of reasons").fill("Please stay polite.");
  await moderator.getByRole("button", { name: "Decide", exact: true }).click();

  const news = reporter.getByRole("status").filter({ hasText: "a report of yours" });
  await news.getByRole("link", { name: "See your reports" }).click();
  const report = reporter.getByRole("article").filter({ hasText: name });
  await expect(report).toContainText("found that it breaks the rules, and removed it");
  await expect(report.getByText("New", { exact: true })).toBeVisible();
  await inspect(reporter);
  await reporter.goto("/listings");
  await expect(reporter.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(news).toHaveCount(0);

  await expect(message(author, rude)).toHaveCount(0);
  await author.getByRole("link", { name: "Read why" }).click();
  const removal = author.getByRole("article", { name: "A message of yours was removed" });
  await expect(removal).toContainText(rude);
  await expect(removal).toContainText("Please stay polite.");
  await inspect(author);
  await removal.getByText("Appeal", { exact: true }).click();
  await removal.getByLabel("Why should the message come back?").fill("It was a joke");
  await removal.getByRole("button", { name: "Send appeal" }).click();
  await expect(removal).toContainText("Another moderator than the one who decided this");
  await removal.getByRole("button", { name: "I have read it" }).click();
  await expect(removal.getByRole("button", { name: "I have read it" })).toHaveCount(0);
  await author.goto(chat);
  await expect(author.getByRole("link", { name: "Read why" })).toHaveCount(0);
});

async function inspect(page: Page) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}
