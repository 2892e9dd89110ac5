import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import { filterRules, filterRuleVersions } from "~/db/schema";
import { openDispute } from "~/moderation/disputes/open-dispute.server";
import { unsubscribeToken } from "~/notifications/mail/unsubscribe-token.server";
import { registry } from "~/operations/metrics.server";
import { db } from "~test/database";
import { makeExport } from "~test/exports";
import { makeChat, makeUser } from "~test/factories";
import { makeFlag } from "~test/flags";
import { makeHost } from "~test/hosts";
import { readRouteTable, type TableRoute } from "~test/route-table";
import { type Answer, pagesOf, send, serveApp } from "~test/web";
import { makeEndpoint } from "~test/webhooks";

// No first process is there to ask the others.
vi.mock("~/operations/all-metrics.server", () => ({
  readAllMetrics: () => registry.metrics(),
}));

const people = ["nobody", "buyer", "outsider", "moderator", "admin"] as const;
type Person = (typeof people)[number];

const everybody = [...people];
const signedIn: Person[] = ["buyer", "outsider", "moderator", "admin"];
const parties: Person[] = ["buyer"];
const staff: Person[] = ["moderator", "admin"];
const admins: Person[] = ["admin"];
const noOne: Person[] = [];

type Market = Awaited<ReturnType<typeof makeMarket>>;
type Rule = {
  /** An address where there is something to see. */
  at: (market: Market) => string;
  /** Who gets it; all others get the same 404, or are led to the sign-in page. */
  loader?: Person[];
  /** Who may do it, by `intent`; "" without one. */
  action?: Record<string, Person[]>;
  /** What a form of it says beside its `intent`, where one without it is refused to anybody. */
  form?: (market: Market) => Record<string, string>;
};

const aboutDispute = { dispute: parties, withdraw: parties, appeal: parties };
const claim = { reason: "other", wish: "refund", statement: "Where is it?" };

const ruleSays = {
  name: "Vouchers",
  kind: "word",
  pattern: "voucher",
  action: "flag",
  message: "No vouchers.",
  stage_inquiry: "on",
};

const endpointSays = { url: "https://shop.example/parley", eventTypes: "chat.created" };

/** Who may see and do what at every address of `app/routes.ts`: the one table of it. */
const rules: Record<string, Rule> = {
  "routes/home": { at: () => "/", loader: everybody },
  "routes/login": { at: () => "/login", loader: everybody, action: { "": everybody } },
  "routes/join": { at: () => "/join", loader: everybody, action: { "": everybody } },
  "routes/logout": { at: () => "/logout", loader: everybody, action: { "": everybody } },
  // There is none until a host is set up.
  "routes/sso": { at: () => "/sso?token=x", loader: noOne },
  "routes/settings": {
    at: () => "/settings",
    loader: signedIn,
    action: {
      privacy: signedIn,
      notifications: signedIn,
      revokePush: signedIn,
      unblock: signedIn,
    },
  },
  "routes/own-data": {
    at: () => "/settings/data",
    loader: signedIn,
    action: { export: signedIn },
  },
  "routes/delete-account": {
    at: () => "/settings/delete",
    loader: signedIn,
    action: { erase: signedIn },
  },
  "routes/own-data-file": { at: ({ exportId }) => `/settings/data/${exportId}`, loader: parties },
  "routes/push": {
    at: () => "/settings/push",
    loader: signedIn,
    action: { subscribe: signedIn, unsubscribe: signedIn },
  },
  // The address alone says whose mails it is about.
  "routes/unsubscribe": {
    at: ({ userId }) => `/mail/unsubscribe/${unsubscribeToken({ userId, kind: "message" })}`,
    loader: everybody,
    action: { stop: everybody, again: everybody },
  },
  "routes/sanctions": {
    at: () => "/sanctions",
    loader: signedIn,
    action: { acknowledge: signedIn, appeal: signedIn },
  },
  "routes/listings": { at: () => "/listings", loader: signedIn },
  "routes/listing": {
    at: ({ reference }) => `/listings/${reference}`,
    loader: signedIn,
    action: { "": signedIn },
  },
  "routes/chats": { at: () => "/chats", loader: signedIn },
  "routes/no-chat": { at: () => "/chats" },
  "routes/chat": {
    at: ({ chatId }) => `/chats/${chatId}`,
    loader: parties,
    action: {
      send: parties,
      read: parties,
      viewed: parties,
      typing: parties,
      edit: parties,
      unsend: parties,
      archive: parties,
      unarchive: parties,
      mute: parties,
      unmute: parties,
      close: parties,
      block: parties,
      unblock: parties,
      ...aboutDispute,
      report: parties,
    },
    form: () => ({ clientId: randomUUID(), body: "Hello", seq: "1", ...claim }),
  },
  "routes/dispute": {
    at: ({ chatId }) => `/chats/${chatId}/dispute`,
    loader: parties,
    action: aboutDispute,
    form: () => claim,
  },
  "routes/chat-block": { at: ({ chatId }) => `/chats/${chatId}/block`, loader: parties },
  "routes/chat-mute": { at: ({ chatId }) => `/chats/${chatId}/mute`, loader: parties },
  "routes/report": {
    at: ({ chatId }) => `/chats/${chatId}/report`,
    loader: parties,
    action: { report: parties },
    form: () => ({ reason: "scam" }),
  },
  "routes/notifications": {
    at: () => "/notifications",
    loader: signedIn,
    action: { readAll: signedIn, read: signedIn },
    form: () => ({ asOf: "1", kind: "report", subjectId: randomUUID() }),
  },
  "routes/notifications-calling": {
    at: ({ chatId }) => `/notifications/calling?chat=${chatId}`,
    loader: parties,
  },
  "routes/reports": { at: () => "/reports", loader: signedIn, action: { appeal: signedIn } },
  "routes/chat-transcript": { at: ({ chatId }) => `/chats/${chatId}/transcript`, loader: parties },
  "routes/chat-transcript-file": {
    at: ({ chatId }) => `/chats/${chatId}/transcript/file?format=json`,
    loader: parties,
  },
  "routes/docs-api": { at: () => "/docs/api", loader: everybody },
  "routes/transcript-keys": { at: () => "/.well-known/parley-transcript-keys", loader: everybody },
  "routes/admin/transcript": {
    at: ({ disputeId }) => `/admin/disputes/${disputeId}/transcript?format=json`,
    loader: staff,
  },
  "routes/admin/layout": { at: () => "/admin", loader: staff },
  "routes/admin/figures": { at: () => "/admin", loader: staff },
  "routes/admin/disputes": { at: () => "/admin/disputes", loader: staff },
  "routes/admin/dispute": {
    at: ({ disputeId }) => `/admin/disputes/${disputeId}`,
    loader: staff,
    action: {
      claim: staff,
      note: staff,
      join: staff,
      write: staff,
      redact: staff,
      freeze: staff,
      thaw: staff,
      leave: staff,
      hand_over: staff,
      release: staff,
      // Last, because the case opens nothing after it.
      decide: staff,
    },
    form: ({ users }) => ({
      clientId: randomUUID(),
      thread: "both",
      body: "Hello",
      seq: "1",
      reason: "It is written here",
      to: users.admin.id,
      outcome: "both",
      text: "Settled",
    }),
  },
  "routes/admin/flags": { at: () => "/admin/flags", loader: staff, action: { next: staff } },
  "routes/admin/flag": {
    at: ({ flagId }) => `/admin/flags/${flagId}`,
    loader: staff,
    action: { release: staff, decide: staff },
    form: () => ({ choice: "fine", statement: "It is nothing" }),
  },
  "routes/admin/templates": {
    at: () => "/admin/templates",
    loader: staff,
    action: { save: staff, delete: staff },
    form: () => ({ title: "Hello", body: "Good day", id: randomUUID() }),
  },
  "routes/admin/chat": {
    at: ({ chatId }) => `/admin/chats/${chatId}`,
    loader: staff,
    action: { open: staff, restore: staff },
    form: () => ({ reason: "other", statement: "Somebody wrote to us", why: "For a court" }),
  },
  "routes/admin/retention": {
    at: () => "/admin/retention",
    loader: admins,
    action: { preview: admins, save: admins, run: admins, try: admins },
    form: () => ({ version: "0", erasedMessages: "kept", erasureDays: "30" }),
  },
  "routes/admin/holds": {
    at: ({ chatId }) => `/admin/retention/holds/chats/${chatId}`,
    loader: admins,
    action: { place: admins },
    form: () => ({ id: randomUUID(), reason: "A claim before a court" }),
  },
  "routes/admin/filters": {
    at: () => "/admin/filters",
    loader: admins,
    action: { contact: admins, lists: admins, try: admins },
    form: () => ({ basis: "", text: "Hello", allowedDomains: "", phoneCountries: "DE" }),
  },
  "routes/admin/new-rule": {
    at: () => "/admin/filters/rules/new",
    loader: admins,
    action: { "": admins },
    form: () => ({ id: randomUUID(), ...ruleSays }),
  },
  "routes/admin/rule": {
    at: ({ ruleId }) => `/admin/filters/rules/${ruleId}`,
    loader: admins,
    // Last what leaves nothing to do it to.
    action: { save: admins, switch: admins, try: admins, cancel: admins, remove: admins },
    form: () => ({ version: "1", isOn: "true", ...ruleSays }),
  },
  "routes/admin/integrations": {
    at: () => "/admin/integrations",
    loader: admins,
    action: { createKey: admins, addOrigin: admins, removeOrigin: admins, revokeKey: admins },
    form: ({ keyId }) => ({
      id: keyId,
      name: "Shop",
      scopes: "chats:read",
      origin: "https://shop.example",
    }),
  },
  "routes/admin/webhooks": {
    at: () => "/admin/integrations/webhooks",
    loader: admins,
    action: { create: admins },
    form: () => ({ id: randomUUID(), ...endpointSays }),
  },
  "routes/admin/webhook": {
    at: ({ endpointId }) => `/admin/integrations/webhooks/${endpointId}`,
    loader: admins,
    action: {
      save: admins,
      switchOff: admins,
      switchOn: admins,
      rotate: admins,
      resendFailed: admins,
    },
    form: () => endpointSays,
  },
  "routes/admin/users": { at: () => "/admin/users", loader: staff },
  "routes/admin/user": {
    at: ({ userId }) => `/admin/users/${userId}`,
    loader: staff,
    action: { impose: staff, lift: staff, decide: staff, "end-sessions": staff, role: admins },
    form: () => ({ role: "user" }),
  },
  "routes/admin/erase": {
    at: ({ userId }) => `/admin/users/${userId}/erase`,
    loader: admins,
    action: { erase: admins },
  },
  "routes/admin/chats": { at: () => "/admin/chats?in=messages&q=hello", loader: staff },
  "routes/admin/live": {
    at: () => "/admin/live",
    loader: admins,
    action: { retry: admins, discard: admins },
  },
  "routes/admin/audit": { at: () => "/admin/audit", loader: admins },
  "routes/admin/audit-export": {
    at: () => "/admin/audit/export?format=jsonl",
    loader: admins,
  },
  // Who may call what is in app/integration/api/api.server.test.ts: it leads nobody to a page.
  "routes/api": { at: () => "/api/v1/nowhere", loader: noOne, action: { "": noOne } },
  "routes/openapi": { at: () => "/api/v1/openapi.json", loader: everybody },
  "routes/not-found": { at: () => "/nowhere", loader: noOne, action: { "": noOne } },
};

async function makeMarket() {
  const chat = await makeChat(db);
  const wants = { reason: "payment", wish: "refund", statement: "Where is it?" } as const;
  const opened = await openDispute(db, chat.buyer, { chatId: chat.id, ...wants });
  if (!opened || !("disputeId" in opened)) throw new Error("No dispute was opened");
  const users: Record<Exclude<Person, "nobody">, { id: string }> = {
    buyer: chat.buyer,
    outsider: await makeUser(db),
    moderator: await makeUser(db, { role: "moderator" }),
    admin: await makeUser(db, { role: "admin" }),
  };
  const { id: flagId } = await makeFlag(db, { chat });
  const ruleId = randomUUID();
  const rule = { name: "Cheques", pattern: "cheque", message: "No cheques." };
  await db.insert(filterRules).values({ id: ruleId, createdBy: users.admin.id });
  await db.insert(filterRuleVersions).values({
    ...rule,
    ruleId,
    version: 1,
    kind: "word",
    action: "flag",
    stages: ["inquiry"],
    createdBy: users.admin.id,
  });
  const exportId = await makeExport(db, chat.buyer.id);
  const { keyId } = await makeHost(db);
  const { id: endpointId } = await makeEndpoint(db, endpointSays.url);
  const { id: chatId, reference, buyer } = chat;
  const { disputeId } = opened;
  const userId = buyer.id;
  const about = { chatId, flagId, ruleId, exportId, keyId, endpointId, reference, disputeId };
  return { ...about, userId, users };
}

let table: Record<string, TableRoute>;
let market: Market;
let pages: Awaited<ReturnType<typeof pagesOf>>;

beforeAll(async () => {
  table = await readRouteTable();
  market = await makeMarket();
  pages = await pagesOf(table);
});

/** How an answer looks to whom it is given. */
function seen({ status, headers, body }: Answer): "let in" | "sign in" | "not found" {
  const isToSignIn =
    (status === 303 && String(headers.location).startsWith("/login?")) ||
    // A redirect for a fetch of data.
    (status === 202 && body.includes('"/login?'));
  if (isToSignIn) return "sign in";
  return status === 404 ? "not found" : "let in";
}

function expected(person: Person, allowed: Person[]) {
  if (allowed.includes(person)) return "let in";
  return person === "nobody" && allowed !== noOne ? "sign in" : "not found";
}

/** The address of the data of a page, and of one route of it alone. */
function dataOf(address: string, id?: string) {
  const [path = "", search] = address.split("?");
  const query = [search, id && `_routes=${encodeURIComponent(id)}`].filter(Boolean).join("&");
  return `${path === "/" ? "/_root" : path}.data${query && `?${query}`}`;
}

async function walk(allowed: Person[], addresses: string[], form?: Record<string, string>) {
  const { origin } = await serveApp({ pages });
  const answers: string[] = [];
  const wanted: string[] = [];
  for (const person of people) {
    for (const address of addresses) {
      // Each time anew: signing out is among what they may do.
      const session = person !== "nobody" && (await createSession(db, market.users[person].id));
      const Cookie = session ? `session=${session.token}` : "";
      const answer = form
        ? await send(origin + address, {
            method: "POST",
            headers: {
              Cookie,
              Origin: origin,
              "Content-Type": "application/x-www-form-urlencoded",
            },
            body: new URLSearchParams(form).toString(),
          })
        : await send(origin + address, { headers: { Cookie } });
      answers.push(`${person} ${address}: ${seen(answer)}`);
      wanted.push(`${person} ${address}: ${expected(person, allowed)}`);
      expect(answer.status, `${person} ${address}`).toBeLessThan(500);
    }
  }
  expect(answers).toEqual(wanted);
}

test("every route has its rule, and every rule its route", () => {
  const has = Object.entries(table).map(([id, { module }]) => [
    id,
    { loader: "loader" in module, action: "action" in module },
  ]);
  const ruled = Object.entries(rules).map(([id, { loader, action }]) => [
    id,
    { loader: Boolean(loader), action: Boolean(action) },
  ]);
  expect(Object.fromEntries(has)).toEqual(Object.fromEntries(ruled));
});

test("below /admin everything has a loader of its own, and is for moderators or admins", () => {
  for (const [id, { loader, action = {} }] of Object.entries(rules)) {
    if (!id.startsWith("routes/admin/")) continue;
    for (const allowed of [loader ?? everybody, ...Object.values(action)]) {
      expect([id, allowed === staff || allowed === admins]).toEqual([id, true]);
    }
  }
});

describe("who sees", () => {
  test.each(Object.entries(rules).filter(([, { loader }]) => loader))("%s", async (id, rule) => {
    const address = rule.at(market);
    await walk(rule.loader ?? noOne, [address, dataOf(address)]);
    // Alone, as a fetch may ask for it: none is guarded by the one above it.
    await walk(rule.loader ?? noOne, [dataOf(address, id)]);
  });
});

describe("who may do", () => {
  const actions = Object.entries(rules).flatMap(([id, { at, form, action = {} }]) =>
    Object.entries(action).map(([intent, allowed]) => ({ id, intent, allowed, at, form })),
  );
  test.each(actions)("$id $intent", async ({ id, intent, allowed, at, form }) => {
    const address = at(market);
    const isIndex = table[id]?.index === true;
    const to = isIndex ? `${address}?index` : address;
    await walk(allowed, [to, dataOf(to)], { ...(intent && { intent }), ...form?.(market) });
  });
});
