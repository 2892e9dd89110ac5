import { createHmac } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { startBuiltServer } from "~test/built-server";
import { db } from "~test/database";
import { browserAt } from "~test/form-browser";
import { makeKey } from "~test/hosts";
import { startDemoHost } from "./server.mjs";
import { webhookLog } from "./webhooks.mjs";

/** The program is built, and shares the machine with other tests. In ms. */
const patience = 120_000;
const soon = { timeout: 30_000 };
const sso = {
  ssoIssuer: "https://demo-host.test",
  ssoSecret: "what the demo host and Parley share",
};

test(
  "the demo host signs its people in, opens chats, moves stages and shows what it is told",
  async () => {
    const parley = await startBuiltServer({
      WEBHOOK_ALLOWED_HOSTS: "127.0.0.1",
      SSO_ISSUER: sso.ssoIssuer,
      SSO_SECRET: sso.ssoSecret,
    });
    const { key } = await makeKey(db);
    const host = await startDemoHost({ url: parley.address, key, ...sso, port: 0 });
    onTestFinished(host.stop);
    const ofParley = async (path: string) => {
      const headers = { Authorization: `Bearer ${key}` };
      return (await fetch(`${parley.address}/api/v1${path}`, { headers })).json();
    };

    const buyer = browserAt(host.address);
    expect((await buyer("/")).page).toContain("Sign in as Tomke");
    const forged = await buyer("/sign-in", { person: "demo-host-tomke" }, { Origin: "http://x" });
    expect(forged.status).toBe(403);
    await buyer("/sign-in", { person: "demo-host-tomke" });
    expect((await buyer("/")).page).toContain("Green bicycle");

    const asked = await buyer("/listings/demo-host-bicycle/message", {});
    expect(asked).toMatchObject({
      status: 303,
      location: expect.stringContaining(`${parley.address}/sso?token=`),
    });
    const landed = await fetch(asked.location, { redirect: "manual" });
    expect(landed.status).toBe(303);
    expect(landed.headers.get("Set-Cookie")).toContain("session=");
    const inquiry = landed.headers.get("Location")?.replace("/chats/", "") ?? "";
    expect((await ofParley(`/chats/${inquiry}`)).subject.reference).toBe("demo-host-bicycle");

    const bought = await buyer("/listings/demo-host-bicycle/buy", {});
    const order = bought.location;
    expect(order).toMatch(/^\/orders\/demo-host-order-/);
    expect((await buyer("/listings/demo-host-bicycle/buy", {})).page).toContain("It is sold");
    const outsider = browserAt(host.address);
    await outsider("/sign-in", { person: "demo-host-ilvo" });
    expect((await outsider(order)).status).toBe(404);

    const { data: chats } = await ofParley("/chats");
    const chat = chats.find((one: { subject: { reference: string } }) =>
      order.endsWith(one.subject.reference),
    );
    expect(chat.subject.stage).toBe("paid");

    // He has not got it yet, and so it is not for him to say that it was sent.
    expect((await buyer(`${order}/ship`, {})).page).toContain("The order is paid");
    const seller = browserAt(host.address);
    await seller("/sign-in", { person: "demo-host-mira" });
    expect((await seller(`${order}/ship`, {})).location).toBe(order);
    expect((await seller(`${order}/ship`, {})).location).toBe(order);
    expect((await ofParley(`/chats/${chat.id}`)).subject.stage).toBe("shipped");

    const refused = await buyer(`${order}/dispute`, { reason: "<b>", statement: "" });
    expect(refused).toMatchObject({ status: 502, page: expect.stringContaining("/statement") });
    await buyer(`${order}/dispute`, { reason: "not_received", statement: "It never came." });
    expect((await ofParley(`/chats/${chat.id}`)).dispute).toMatchObject({ status: "open" });

    const rows = async () => (await buyer("/webhooks")).page;
    for (const type of ["chat.created", "message.created", "dispute.opened"]) {
      const row = `<td>${type}</td>\n<td>${chat.id}</td><td>verified</td>`;
      await expect.poll(rows, soon).toContain(row);
    }
    expect(await rows()).not.toContain("<td>refused</td>");

    // The next run of the demo takes the endpoint over from this one.
    await host.stop();
    const port = Number(new URL(host.address).port);
    const again = await startDemoHost({ url: parley.address, key, ...sso, port });
    onTestFinished(again.stop);
    expect((await ofParley("/webhooks")).data).toHaveLength(1);
  },
  patience,
);

test("what Parley did not sign is refused, and what comes twice is one", () => {
  const log = webhookLog();
  const [secret, body] = [
    `whsec_${btoa("secret")}`,
    '{"type":"chat.created","data":{"chatId":"c"}}',
  ];
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", "secret").update(`msg_1.${at}.${body}`).digest("base64");
  const headers = {
    "webhook-id": "msg_1",
    "webhook-timestamp": at,
    "webhook-signature": `v1,wrong v1,${signature}`,
  };
  expect(log.take(secret, headers, body)).toBe(true);
  expect(log.take(secret, headers, body)).toBe(true);
  expect(log.take(secret, headers, `${body} `)).toBe(false);
  expect(log.take(secret, { ...headers, "webhook-timestamp": "1" }, body)).toBe(false);
  expect(log.take("", headers, body)).toBe(false);
  expect(log.told()).toMatchObject([
    { type: "chat.created", chatId: "c", isVerified: true, times: 2 },
    ...[1, 2, 3].map(() => ({ type: "unknown", isVerified: false })),
  ]);
});
