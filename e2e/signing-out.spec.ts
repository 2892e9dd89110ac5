import { join } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout, goLive } from "./chat-pages";
import { market } from "./market";

test("signing out ends the streams of the session within a second, in every tab", async ({
  visit,
}) => {
  const page = await visit();
  await join(page);
  const chat = await chatAbout(page, market.pan);
  await goLive(page, chat);
  const cookies = await page.context().cookies();
  const Cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const stream = await fetch(new URL("/events", page.url()), { headers: { Cookie } });
  const reader = stream.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  const ended = (async () => {
    while (!(await reader?.read())?.done);
    return Date.now();
  })();

  const signedOut = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.getByRole("button", { name: "Sign out" }).click();
  await signedOut;
  // Counted from the answer: a browser that is busy may click late.
  const at = Date.now();
  expect((await ended) - at).toBeLessThan(2_000);
  await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();

  await page.goto(chat);
  await expect(page).toHaveURL(/\/login\?redirectTo=/);
  await page.goBack();
  await expect(page.getByRole("log")).toHaveCount(0);
});
