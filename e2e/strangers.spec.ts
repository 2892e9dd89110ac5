import { join, signIn } from "./accounts";
import { expect, test } from "./browsers";
import { chatAbout } from "./chat-pages";
import { market } from "./market";

const unknown = "/chats/00000000-0000-4000-8000-000000000000";

test("a stranger gets the same answer for a chat as for none, by page, data and action", async ({
  visit,
}) => {
  const [buyer, stranger] = await Promise.all([visit(), visit()]);
  await join(buyer);
  const chat = await chatAbout(buyer, market.pan);
  await signIn(stranger, "outsider@demo.test");

  const answer = await stranger.goto(chat);
  expect(answer?.status()).toBe(404);
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");

  const origin = new URL(stranger.url()).origin;
  const ask = async (path: string, form?: Record<string, string>) => {
    const method = form ? "POST" : "GET";
    const answer = await stranger.request.fetch(path, {
      method,
      form,
      headers: { Origin: origin },
    });
    // The address, the time, the stream's cursor and the nonce are those of each request.
    const body = (await answer.text())
      .replaceAll(path.replace(/\.data$/, ""), "")
      .replace(/"now\\*":\d+/g, "")
      .replace(/"[0-9a-f-]{36}~[^"]*"/g, "");
    return { status: answer.status(), body: body.replace(/nonce="[^"]*"/g, "") };
  };
  const draft = { intent: "send", clientId: crypto.randomUUID(), body: "Let me in" };
  for (const [suffix, form] of [
    ["", undefined],
    [".data", undefined],
    ["", draft],
    [".data", draft],
  ] as const) {
    const [theirs, nobodys] = [await ask(chat + suffix, form), await ask(unknown + suffix, form)];
    expect(theirs.status).toBe(404);
    expect(theirs).toEqual(nobodys);
  }
});

test("addresses that nobody gave out are answered calmly", async ({ visit }) => {
  const page = await visit();
  await join(page);
  const paths = [
    "/chats/1",
    "/chats/%00",
    "/chats/..%2f..%2fetc",
    "/chats/%F0%9F%98%80",
    "/listings/L-9999",
    "/listings/%00",
    "/nowhere",
    "/nowhere/at/all",
    `/chats/${"9".repeat(3_000)}`,
  ];
  for (const path of paths) {
    const answer = await page.request.get(path);
    expect([400, 404], `${path}: ${answer.status()}`).toContain(answer.status());
  }
});

test("who is not signed in is led to sign-in and back to where he wanted to go", async ({
  visit,
}) => {
  const page = await visit();
  await page.goto("/chats?filter=unread");
  await expect(page).toHaveURL("/login?redirectTo=%2Fchats%3Ffilter%3Dunread");
  await page.getByLabel("E-mail").fill("outsider@demo.test");
  await page.getByLabel("Password").fill("demo-password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/chats?filter=unread");
});
