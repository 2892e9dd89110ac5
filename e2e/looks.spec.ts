import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, goLive, send } from "./chat-pages";
import {
  adminPages,
  chatPages,
  chatStates,
  demoPages,
  flagPages,
  longWord,
  marketPages,
  moderatorPages,
  picturePages,
  reportPages,
  signedOut,
} from "./every-page";
import { inspect } from "./inspect";
import { market } from "./market";

test("what people see before they sign in fits, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await signedOut(page, (name) => inspect(page, name));
});

test("lists, listings and errors fit, and axe finds nothing", async ({ visit }) => {
  const page = await visit({
    tolerates: /status of 500|answered 500|Unable to decode|SyntaxError/,
  });
  await marketPages(page, (name) => inspect(page, name));
});

test("a chat with endless words fits, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await chatPages(page, (name) => inspect(page, name));
});

test("a chat from right to left, closed and searched, fits, and axe finds nothing", async ({
  visit,
}) => {
  const page = await visit();
  await chatStates(page, (name) => inspect(page, name));
});

test("a list and a chat that are well used fit, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "buyer@demo.test");
  await demoPages(page, (name) => inspect(page, name));
});

test("a message that shows itself over another page fits, and axe finds nothing", async ({
  visit,
}) => {
  const [page, seller] = await Promise.all([visit(), visit()]);
  await join(page);
  const chat = await chatAbout(page, market.chess);
  await signIn(seller, market.chess.email);
  await goLive(seller, chat);
  await goLive(page, "/listings");
  await send(seller, longWord);
  const toast = page.getByRole("status").getByRole("link", { name: longWord.slice(0, 30) });
  // Whoever is at it has time to look.
  await toast.focus();
  await inspect(page, "toast");
  await expect(toast).toBeVisible();
});

test("pictures in a chat, chosen and opened fit, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "buyer@demo.test");
  await picturePages(page, (name) => inspect(page, name));
});

test("reports, their steps and what was decided fit, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "buyer@demo.test");
  await reportPages(page, (name) => inspect(page, name));
});

test("figures and what moderators find fit, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "moderator@demo.test");
  await moderatorPages(page, (name) => inspect(page, name));
});

test("flags fit, and axe finds nothing", async ({ visit }) => {
  const page = await visit();
  await signIn(page, "moderator2@demo.test");
  await flagPages(page, (name) => inspect(page, name));
});

test("people, the audit log and the live page fit, and axe finds nothing", async ({ visit }) => {
  // More pages than the others show.
  test.slow();
  const page = await visit();
  await signIn(page, "admin@demo.test");
  await adminPages(page, (name) => inspect(page, name));
});
