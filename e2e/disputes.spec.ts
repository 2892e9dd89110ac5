import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPaths } from "node:path";
import type { Page } from "@playwright/test";
import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, composer, goLive, log, message, send } from "./chat-pages";
import { market } from "./market";
import { photo } from "./pictures";

const statement = "It came with a broken needle, and nobody answers me.";
const secret = "Between the two of us: do you have the receipt?";

test("a bad deal ends, after an appeal, in a decision and a transcript that verifies", async ({
  visit,
}) => {
  test.slow();
  const [buyer, seller, first, second] = await Promise.all([
    visit({ phone: true, javaScript: false }),
    visit({ phone: true }),
    visit(),
    visit(),
  ]);
  const { name: buyerName } = await join(buyer);
  await signIn(seller, market.sewingMachine.email);
  await signIn(first, "moderator@demo.test");
  await signIn(second, "moderator2@demo.test");

  // The deal, and what goes wrong with it.
  const chat = await chatAbout(buyer, market.sewingMachine);
  await goLive(seller, chat);
  await send(seller, "Works like new!");
  await expect(message(seller, "Works like new!").getByTitle(/Sent|Delivered/)).toBeVisible();
  await send(seller, "It is your own fault, look before you buy");
  await expect(message(seller, "It is your own fault, look before you buy")).toBeVisible();

  // The buyer has no scripts, and a picture.
  await buyer.goto(`${chat}/dispute`);
  await buyer.getByLabel("What is wrong?").selectOption("It is not as described");
  await buyer.getByLabel("What do you want?").selectOption("The money back");
  await buyer.getByLabel("What happened?").fill(statement);
  await buyer.getByLabel("Pictures as evidence").setInputFiles(await photo("needle.jpg"));
  await buyer.getByRole("button", { name: "Open a dispute" }).click();
  await expect(buyer.getByRole("heading", { name: "This dispute is open" })).toBeVisible();
  await expect(log(seller).getByText("The buyer opened a dispute")).toBeVisible();
  await expect(seller.getByText(statement)).toHaveCount(0);

  // A moderator finds it, takes it, and reads what was said and shown.
  await first.goto(`/admin/disputes?q=${encodeURIComponent(buyerName)}`);
  await first.getByRole("link", { name: /sewing machine/i }).click();
  await first.getByRole("button", { name: "Claim" }).click();
  await expect(first.getByRole("button", { name: "Decide" })).toBeVisible();
  const page = new URL(first.url()).pathname;
  await expect(first.getByText(statement)).toBeVisible();
  const evidence = first.locator("#complaint img");
  await expect
    .poll(() => evidence.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);
  await expect(message(first, "Works like new!")).toBeVisible();
  await first.getByLabel("New note").fill("The seller insults people.");
  await first.getByRole("button", { name: "Add note" }).click();
  await expect(first.getByRole("listitem").getByText("The seller insults people.")).toBeVisible();

  // To both, who see him; to one alone, of which the other gets nothing; and stop it for a while.
  await write(first, "Good day, I am looking into it.");
  await expect(message(seller, "Good day, I am looking into it.")).toBeVisible();
  await first.getByRole("link", { name: buyerName, exact: true }).first().click();
  await expect(first.getByText(`Private with ${buyerName}`)).toBeVisible();
  await write(first, secret);
  await buyer.goto("/chats");
  await expect(buyer.getByText(secret)).toBeVisible();
  await seller.goto("/chats");
  expect(await seller.content()).not.toContain("receipt");

  await first.goto(page);
  await goLive(seller, chat);
  await first.getByText("Freeze chat", { exact: true }).first().click();
  await first.getByLabel("Why you freeze it").fill("Let us calm down.");
  await first.getByRole("button", { name: "Freeze chat" }).click();
  await expect(composer(seller)).toHaveCount(0);
  await first.getByRole("button", { name: "Thaw chat" }).click();
  await expect(composer(seller)).toBeVisible();

  const insult = message(first, "It is your own fault, look before you buy");
  await insult.hover();
  await insult.getByRole("link", { name: "Remove message" }).click();
  await first.getByLabel("Why it is removed").fill("An insult");
  await first.getByRole("button", { name: "Remove message" }).click();
  await expect(first.getByText(/^Removed by /)).toBeVisible();
  await expect(insult).toBeVisible();
  await expect(log(seller).getByText("Removed by a moderator")).toBeVisible();
  await expect(message(seller, "It is your own fault, look before you buy")).toHaveCount(0);

  // Decided: both are told, and moderators are out, at once.
  await decide(first, "For the buyer", "The seller pays the money back.");
  await expect(first.getByText("The dispute is resolved, so moderators cannot")).toBeVisible();
  await expect(log(seller).getByText("The dispute was decided for the buyer")).toBeVisible();
  expect((await first.request.get(chat)).status()).toBe(404);

  // The seller appeals; another moderator has to take it.
  await seller.goto(`${chat}/dispute`);
  await seller.getByLabel("What is wrong with the decision?").fill("It worked when I sent it.");
  await seller.getByRole("button", { name: "Appeal", exact: true }).click();
  await expect(seller.getByRole("heading", { name: "The decision is appealed" })).toBeVisible();
  await first.goto(page);
  await first.getByRole("link", { name: "To the appeal" }).click();
  await expect(first.getByText("another moderator decides it")).toBeVisible();
  await expect(first.getByRole("button", { name: "Claim" })).toHaveCount(0);
  await second.goto(new URL(first.url()).pathname);
  await second.getByRole("button", { name: "Claim" }).click();
  await expect(second.getByRole("button", { name: "Decide" })).toBeVisible();

  // The chat as evidence: whole, until one byte of it is another.
  const whole = await download(second, "Whole, JSON");
  expect(await verify(whole)).toBe(0);
  const changed = Buffer.from(whole.toString().replace("Works like new!", "Works like now!"));
  expect(changed).not.toEqual(whole);
  expect(await verify(changed)).toBe(1);

  await decide(second, "For both", "Each of you bears half.");
  await expect(second.getByText("The dispute is resolved, so moderators cannot")).toBeVisible();
  await buyer.goto(`${chat}/dispute`);
  await expect(buyer.getByText("Each of you bears half.")).toBeVisible();
  await expect(buyer.getByText("This was decided on appeal: it is final.")).toBeVisible();
});

async function write(page: Page, text: string) {
  await page.locator("#write").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(message(page, text)).toBeVisible();
}

async function decide(page: Page, outcome: string, text: string) {
  await page.getByLabel(outcome, { exact: true }).check();
  await page.getByLabel("What both sides are told").fill(text);
  await page.getByRole("button", { name: "Decide" }).click();
}

async function download(page: Page, name: string): Promise<Buffer> {
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name }).click();
  return readFile(await (await coming).path());
}

/** @returns the exit status of `npx parley-verify FILE` */
async function verify(transcript: Buffer): Promise<number> {
  const folder = await mkdtemp(joinPaths(tmpdir(), "transcript-"));
  const file = joinPaths(folder, "transcript.json");
  await writeFile(file, transcript);
  const program = execFile(process.execPath, ["bin/parley-verify.mjs", file]);
  const code = await new Promise<number>((resolve) =>
    program.once("exit", (code) => resolve(code ?? -1)),
  );
  await rm(folder, { recursive: true });
  return code;
}
