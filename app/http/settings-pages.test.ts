import { beforeAll, expect, test } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import { defaultChoices } from "~/notifications/choices";
import { readChoices } from "~/notifications/choices.server";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { pagesOf, send, serveApp } from "~test/web";

let pages: Awaited<ReturnType<typeof pagesOf>>;
beforeAll(async () => {
  pages = await pagesOf({
    "routes/settings": { path: "settings", module: await import("~/routes/settings") },
  });
});

/** Somebody at his settings, in a browser that runs no scripts. */
async function visit() {
  const { id } = await makeUser(db);
  const { token } = await createSession(db, id);
  const { origin } = await serveApp({ pages });
  const headers = { Cookie: `session=${token}; timeZone=Europe%2FLisbon`, Origin: origin };
  const save = (fields: Record<string, string>) =>
    send(`${origin}/settings`, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...plain, ...fields }).toString(),
    });
  const read = () => send(`${origin}/settings`, { headers }).then(({ body }) => body);
  return { id, save, read };
}

const plain = {
  intent: "notifications",
  pushContent: "full",
  mailContent: "full",
  timeZone: "Europe/Lisbon",
};

const input = (page: string, name: string) =>
  page.match(new RegExp(`<input[^>]* name="${name}"[^>]*>`))?.[0] ?? "";

test("the page shows what holds for who chose nothing, in the time zone of the browser", async () => {
  const page = await (await visit()).read();
  expect(input(page, "push_message")).toContain("checked");
  expect(input(page, "mail_report")).not.toContain("checked");
  expect(input(page, "quiet")).not.toContain("checked");
  expect(page).toMatch(/<option value="Europe\/Lisbon" selected/);
});

test("what is chosen is kept and shown, and mail of decisions cannot be turned off", async () => {
  const { id, save, read } = await visit();
  const saved = await save({
    push_message: "on",
    mail_sign_in: "on",
    pushContent: "sender",
    mailContent: "nothing",
    sound: "on",
    quiet: "on",
    quietFrom: "22:30",
    quietTo: "06:05:00",
    timeZone: "Asia/Kathmandu",
  });
  expect([saved.status, saved.headers.location]).toEqual([
    303,
    "/settings?saved=notifications#notifications",
  ]);
  expect(await readChoices(db, id)).toEqual({
    byKind: {
      message: { push: true, mail: false },
      case: { push: false, mail: true },
      sanction: { push: false, mail: true },
      removal: { push: false, mail: true },
      report: { push: false, mail: false },
      sign_in: { push: false, mail: true },
    },
    pushContent: "sender",
    mailContent: "nothing",
    hasSound: true,
    quiet: { from: 22 * 60 + 30, to: 6 * 60 + 5, timeZone: "Asia/Kathmandu" },
    timeZone: "Asia/Kathmandu",
    locale: null,
  });
  const page = await read();
  expect(input(page, "quietFrom")).toContain('value="22:30"');
  expect(input(page, "sound")).toContain("checked");
  expect(input(page, "mail_message")).not.toContain("checked");
  expect(page).toMatch(/<option value="nothing" selected/);
});

test.each([
  ["quietTo", "that is not the beginning", { quietFrom: "08:00", quietTo: "08:00" }],
  ["quietFrom", "a time of day", { quietFrom: "25:00", quietTo: "08:00" }],
  ["quietTo", "a time of day", { quietFrom: "21:15", quietTo: "" }],
  ["timeZone", "from the list", { quietFrom: "21:15", timeZone: "Nowhere/Atlantis" }],
])(
  "what is wrong with %s is said beside it, and what was typed stays: %s",
  async (name, says, wrong) => {
    const { id, save } = await visit();
    const typed = { quiet: "on", quietTo: "06:00", mail_report: "on", ...wrong };
    const { status, body } = await save(typed);
    expect(status).toBe(422);
    expect(body).toContain(says);
    expect(body).toContain(`id="${name}-error"`);
    expect(input(body, "mail_report")).toContain("checked");
    expect(input(body, "push_message")).not.toContain("checked");
    expect(input(body, "quietFrom")).toContain(`value="${typed.quietFrom}"`);
    expect(await readChoices(db, id)).toEqual(defaultChoices);
  },
);

test("without quiet hours it does not matter what stands in their fields", async () => {
  const { id, save } = await visit();
  expect((await save({ quietFrom: "", quietTo: "what" })).status).toBe(303);
  expect((await readChoices(db, id)).quiet).toBeNull();
});
