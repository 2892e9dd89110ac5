import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { environment } from "~/operations/environment.server";
import { db, sql } from "~test/database";
import { makeUser } from "~test/factories";
import { makeEndpoint } from "~test/webhooks";
import { parseAllowedHosts } from "./allowed-hosts";
import { deliveriesQuery, listAttempts, listDeliveries } from "./deliveries.server";
import { endpointChange, endpointDraft } from "./endpoint-form.server";
import {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  findEndpoint,
  listEndpoints,
  mostEndpoints,
} from "./endpoints.server";
import { eventTypes } from "./event-types";

const url = "https://market.example.com/webhooks";
const draft = endpointDraft.parse({ url });
const nobody = "00000000-0000-4000-8000-000000000000";

const complaint = (address: unknown) => {
  const parsed = endpointDraft.safeParse({ url: address });
  return parsed.success ? parsed.data.url : parsed.error.issues[0]?.message;
};

beforeEach(async () => {
  await sql`delete from webhook_endpoints`;
});

test("an admin makes, sees, changes and deletes endpoints, and the log says so", async () => {
  const admin = await makeUser(db, { role: "admin" });
  const made = await createEndpoint(db, admin, draft);
  if (!made || "refused" in made) throw new Error("No endpoint was made");
  const { endpoint, secret } = made;
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(endpoint).toMatchObject({ url, eventTypes, switchedOff: null, waiting: 0 });
  expect(await listEndpoints(db, admin)).toEqual([endpoint]);
  expect(JSON.stringify(await listEndpoints(db, admin))).not.toContain(secret);

  const change = endpointChange.parse({ eventTypes: ["chat.closed", "chat.created"] });
  const changed = await changeEndpoint(db, admin, endpoint.id, change);
  expect(changed).toMatchObject({ endpoint: { eventTypes: ["chat.created", "chat.closed"] } });
  expect(changed).not.toHaveProperty("secret");
  const off = await changeEndpoint(db, admin, endpoint.id, { isEnabled: false });
  expect(off).toMatchObject({ endpoint: { switchedOff: { reason: "asked" } } });
  const on = await changeEndpoint(db, admin, endpoint.id, { isEnabled: true });
  expect(on).toMatchObject({ endpoint: { switchedOff: null } });
  expect(await deleteEndpoint(db, admin, endpoint.id)).toEqual({ deleted: true });
  expect(await deleteEndpoint(db, admin, endpoint.id)).toBeNull();
  expect(await findEndpoint(db, admin, endpoint.id)).toBeNull();
  const log =
    await sql`select action, details from audit_log where actor_id = ${admin.id} order by seq`;
  expect(log.map(({ action }) => action)).toEqual([
    "webhook.created",
    "webhook.changed",
    "webhook.changed",
    "webhook.changed",
    "webhook.deleted",
  ]);
  expect(log.some(({ details }) => details.includes(secret.slice(6)))).toBe(false);
});

test("the host makes them by its key, which the log names", async () => {
  const admin = await makeUser(db, { role: "admin" });
  const [key] = await sql`
    insert into api_keys (id, name, hash, prefix, scopes, created_by)
    values (gen_random_uuid(), 'Market', 'hash', 'pk_', '{}', ${admin.id}) returning id`;
  const host = { keyId: key?.id, keyName: "Market" };
  const made = await createEndpoint(db, host, draft);
  expect(made).toMatchObject({ endpoint: { url } });
  const [entry] = await sql`
    select actor_role, details from audit_log where action = 'webhook.created' order by seq desc limit 1`;
  expect(entry?.actor_role).toBe("host");
  expect(entry?.details).toContain(key?.id);
});

test("nobody else learns of endpoints or does anything with them", async () => {
  const { id, admin } = await makeEndpoint(db, url);
  const asked = deliveriesQuery.parse({});
  for (const other of [await makeUser(db), await makeUser(db, { role: "moderator" })]) {
    expect(await listEndpoints(db, other)).toBeNull();
    expect(await findEndpoint(db, other, id)).toBeNull();
    expect(await createEndpoint(db, other, draft)).toBeNull();
    expect(await changeEndpoint(db, other, id, { isEnabled: false })).toBeNull();
    expect(await deleteEndpoint(db, other, id)).toBeNull();
    expect(await listDeliveries(db, other, id, asked)).toBeNull();
    expect(await listAttempts(db, other, { endpointId: id, messageId: nobody })).toBeNull();
  }
  expect(await changeEndpoint(db, admin, nobody, { isEnabled: false })).toBeNull();
  expect(await listDeliveries(db, admin, nobody, asked)).toBeNull();
  expect(await listAttempts(db, admin, { endpointId: id, messageId: nobody })).toBeNull();
  expect(await findEndpoint(db, admin, id)).toMatchObject({ switchedOff: null });
});

test("there are no more of them than a process can send to at a time, also when many ask at once", async () => {
  const admin = await makeUser(db, { role: "admin" });
  const asked = Array.from({ length: mostEndpoints + 3 }, () => createEndpoint(db, admin, draft));
  const made = await Promise.all(asked);
  expect(made.filter((one) => one && "refused" in one)).toHaveLength(3);
});

describe("an address is refused", () => {
  test.each([
    ["webhooks.urlMissing", undefined],
    ["webhooks.urlMissing", "  "],
    ["webhooks.urlInvalid", "market.example.com"],
    ["webhooks.urlInvalid", "ftp://market.example.com/"],
    ["webhooks.urlInvalid", "https://"],
    ["webhooks.urlInvalid", "https://[fe80::1%25eth0]/"],
    ["webhooks.urlInvalid", "https://256.256.256.256/"],
    ["webhooks.urlTooLong", `https://market.example.com/${"a".repeat(2_000)}`],
    ["webhooks.urlHasCredentials", "https://user:secret@market.example.com/"],
    ["webhooks.urlHasCredentials", "https://market.example.com@127.0.0.1/"],
    ["webhooks.urlHasFragment", "https://market.example.com/#top"],
    ["webhooks.urlNotSecure", "http://market.example.com/"],
    ["webhooks.urlPrivate", "https://127.0.0.1/"],
    ["webhooks.urlPrivate", "https://127.1/"],
    ["webhooks.urlPrivate", "https://127.0.0.1./"],
    ["webhooks.urlPrivate", "https://2130706433/"],
    ["webhooks.urlPrivate", "https://0x7f000001/"],
    ["webhooks.urlPrivate", "https://0x7f.0.0.1/"],
    ["webhooks.urlPrivate", "https://0177.0.0.1/"],
    ["webhooks.urlPrivate", "https://①②⑦.0.0.1/"],
    ["webhooks.urlPrivate", "https://0/"],
    ["webhooks.urlPrivate", "https://10.0.0.1/"],
    ["webhooks.urlPrivate", "https://169.254.169.254/latest/meta-data"],
    ["webhooks.urlPrivate", "https://100.64.0.1/"],
    ["webhooks.urlPrivate", "https://224.0.0.1/"],
    ["webhooks.urlPrivate", "https://[::1]/"],
    ["webhooks.urlPrivate", "https://[::]/"],
    ["webhooks.urlPrivate", "https://[::ffff:127.0.0.1]/"],
    ["webhooks.urlPrivate", "https://[::ffff:7f00:1]/"],
    ["webhooks.urlPrivate", "https://[64:ff9b::7f00:1]/"],
    ["webhooks.urlPrivate", "https://[2002:7f00:1::]/"],
    ["webhooks.urlPrivate", "https://[2001:0:0:0:0:0:0:1]/"],
    ["webhooks.urlPrivate", "https://[fc00::1]/"],
    ["webhooks.urlPrivate", "https://[fe80::1]/"],
    ["webhooks.urlPrivate", "https://localhost/"],
    ["webhooks.urlPrivate", "https://LOCALHOST./"],
    ["webhooks.urlPrivate", "https://ⓛocalhost/"],
    ["webhooks.urlPrivate", "https://api.localhost/"],
    ["webhooks.urlPrivate", "https://printer/"],
    ["webhooks.urlPrivate", "https://market.internal/"],
  ])("as %s: %s", (reason, address) => expect(complaint(address)).toBe(reason));
});

describe("what the operator allows", () => {
  const { webhookAllowedHosts } = environment();
  afterEach(() => {
    environment().webhookAllowedHosts = webhookAllowedHosts;
  });
  const allow = (text: string) => {
    environment().webhookAllowedHosts = parseAllowedHosts(text) ?? [];
  };

  test("is taken as it stands, with its port or any", () => {
    allow("Market.internal, 127.0.0.1:4000, [::1]:4000");
    expect(complaint("http://market.internal:99/a")).toBe("http://market.internal:99/a");
    expect(complaint("http://127.1:4000/a")).toBe("http://127.0.0.1:4000/a");
    expect(complaint("http://[0::1]:4000/")).toBe("http://[::1]:4000/");
    expect(complaint("http://127.0.0.1:4001/")).toBe("webhooks.urlNotSecure");
    expect(complaint("https://127.0.0.1:4001/")).toBe("webhooks.urlPrivate");
    expect(complaint("http://other.market.internal/")).toBe("webhooks.urlNotSecure");
    expect(complaint("http://user@market.internal/")).toBe("webhooks.urlHasCredentials");
  });

  test("may be a port that needs not be written", () => {
    allow("market.internal:443, other.internal:80");
    expect(complaint("https://market.internal/")).toBe("https://market.internal/");
    expect(complaint("http://other.internal/")).toBe("http://other.internal/");
    expect(complaint("http://market.internal/")).toBe("webhooks.urlNotSecure");
  });

  test.each([
    "http://market.internal",
    "a b",
    "market.internal/path",
    "user@host",
    "host:port",
    "*",
  ])("is no list of hosts where it is %s", (text) => expect(parseAllowedHosts(text)).toBeNull());
});
