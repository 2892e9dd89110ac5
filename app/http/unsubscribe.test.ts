import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import { chooseMail, readChoices, saveChoices } from "~/notifications/choices.server";
import { unsubscribeToken } from "~/notifications/mail/unsubscribe-token.server";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { pagesOf, send, serveApp } from "~test/web";

async function serve() {
  const path = "/mail/unsubscribe/:token";
  const module = await import("~/routes/unsubscribe");
  return serveApp({ pages: await pagesOf({ "routes/unsubscribe": { path, module } }) });
}

const form = { "Content-Type": "application/x-www-form-urlencoded" };

/** As the program of a mailbox asks, which knows nothing but the mail's headers (RFC 8058). */
const oneClick = { method: "POST", headers: form, body: "List-Unsubscribe=One-Click" };

async function getsMail(userId: string) {
  const { byKind } = await readChoices(db, userId);
  return { message: byKind.message.mail, sign_in: byKind.sign_in.mail };
}

test("one request from nowhere, without a cookie, ends mails of one kind and nothing else", async () => {
  const [{ origin }, { id: userId }] = [await serve(), await makeUser(db)];
  const chosen = { ...(await readChoices(db, userId)), mailContent: "sender" } as const;
  await saveChoices(db, { id: userId }, chosen);
  const url = `${origin}/mail/unsubscribe/${unsubscribeToken({ userId, kind: "message" })}`;
  for (const _ of ["once", "and again"]) {
    const { status, headers } = await send(url, oneClick);
    expect([status, headers["set-cookie"]]).toEqual([200, undefined]);
    expect(await getsMail(userId)).toEqual({ message: false, sign_in: true });
  }
  const { byKind, ...others } = await readChoices(db, userId);
  expect(others).toMatchObject({ mailContent: "sender" });
  expect(byKind.message.push).toBe(true);
});

test("also for who never chose anything, and as a form in parts", async () => {
  const [{ origin }, { id: userId }] = [await serve(), await makeUser(db)];
  const url = `${origin}/mail/unsubscribe/${unsubscribeToken({ userId, kind: "sign_in" })}`;
  const body = `--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n`;
  const headers = { "Content-Type": "multipart/form-data; boundary=b" };
  expect((await send(url, { method: "POST", headers, body })).status).toBe(200);
  expect(await getsMail(userId)).toEqual({ message: true, sign_in: false });
});

test("from a mailbox that is a page somewhere else as well", async () => {
  const [{ origin }, { id: userId }] = [await serve(), await makeUser(db)];
  const url = `${origin}/mail/unsubscribe/${unsubscribeToken({ userId, kind: "message" })}`;
  for (const Origin of ["https://mailbox.example", "null"]) {
    await chooseMail(db, { userId, kind: "message" }, true);
    const headers = { ...form, Origin, "Sec-Fetch-Site": "cross-site" };
    expect((await send(url, { ...oneClick, headers })).status, Origin).toBe(200);
    expect((await getsMail(userId)).message, Origin).toBe(false);
  }
});

test("looking at it changes nothing, and a button does, there and back", async () => {
  const [{ origin }, { id: userId }] = [await serve(), await makeUser(db)];
  const url = `${origin}/mail/unsubscribe/${unsubscribeToken({ userId, kind: "message" })}`;
  const page = await send(url);
  expect(page.status).toBe(200);
  expect(page.body).toContain("Get no more of these e-mails");
  for (const method of ["GET", "HEAD"]) await send(url, { method });
  expect((await getsMail(userId)).message).toBe(true);
  for (const [intent, isOn, says] of [
    ["stop", false, "no e-mails about messages any more"],
    ["again", true, "You get e-mails about messages"],
  ] as const) {
    const options = {
      method: "POST",
      headers: { ...form, Origin: origin },
      body: `intent=${intent}`,
    };
    expect((await send(url, options)).status).toBe(303);
    expect((await getsMail(userId)).message).toBe(isOn);
    expect((await send(url)).body).toContain(says);
  }
});

test("an address that was given to nobody does nothing, and signs nobody in", async () => {
  const { origin } = await serve();
  const [{ id: userId }, { id: other }] = [await makeUser(db), await makeUser(db)];
  const token = unsubscribeToken({ userId, kind: "message" });
  const [kind, , seal] = token.split(".");
  const forged = [
    `${kind}.${other}.${seal}`,
    `sign_in.${userId}.${seal}`,
    `case.${userId}.${seal}`,
    `${token}x`,
    `${token}.`,
    `${kind}.${userId}.`,
    "constructor.a.b",
    "x",
    encodeURIComponent(`${token}\0`),
  ];
  for (const address of forged) {
    const url = `${origin}/mail/unsubscribe/${address}`;
    expect((await send(url)).status, address).toBe(404);
    expect((await send(url, oneClick)).status, address).toBe(404);
  }
  const gone = unsubscribeToken({ userId: randomUUID(), kind: "message" });
  expect((await send(`${origin}/mail/unsubscribe/${gone}`, oneClick)).status).toBe(404);
  expect(await getsMail(userId)).toEqual({ message: true, sign_in: true });
  expect(await getsMail(other)).toEqual({ message: true, sign_in: true });
  const { headers } = await send(`${origin}/mail/unsubscribe/${token}`);
  expect(headers["set-cookie"]).toBeUndefined();
});

test("who is signed in as somebody else ends the mails of the one whom the address names", async () => {
  const { origin } = await serve();
  const [{ id: userId }, { id: other }] = [await makeUser(db), await makeUser(db)];
  const { token } = await createSession(db, other);
  const url = `${origin}/mail/unsubscribe/${unsubscribeToken({ userId, kind: "message" })}`;
  await send(url, { ...oneClick, headers: { ...form, Cookie: `session=${token}` } });
  expect((await getsMail(userId)).message).toBe(false);
  expect((await getsMail(other)).message).toBe(true);
});

test("from elsewhere nothing but that address takes a form", async () => {
  const { origin } = await serve();
  for (const path of [
    "/mail",
    "/mail/unsubscribe",
    "/mail/unsubscribe/",
    "/mail/unsubscribe/a/b",
  ]) {
    expect((await send(origin + path, oneClick)).status, path).toBe(403);
  }
});
