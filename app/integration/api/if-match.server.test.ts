import { expect, test, vi } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import { type Call, serveApi } from "~test/api";
import { makeDispute } from "~test/cases";
import { db } from "~test/database";
import { makeChat, makeSubject, makeUser } from "~test/factories";
import { makeHost, makeHostUser, makeKey } from "~test/hosts";
import { holdOpen, waitingBackends } from "~test/instances";
import { createEndpoint } from "../webhooks/endpoints.server";
import { operations } from "./operations/all.server";

/** Something that many change at once. */
type Thing = {
  path: string;
  /** The row that is locked to change it. */
  row: ["users" | "subjects" | "chats" | "webhook_endpoints", column: string, value: string];
  /** What the `at`-th of them says. */
  body?: (at: number) => object;
  /** Who they are, where it is not the host. */
  userId?: string;
};

async function makePerson(): Promise<Thing> {
  const { id } = await makeHostUser(db);
  return { path: `/users/${id}`, row: ["users", "id", id] };
}

async function makeEndpoint(): Promise<Thing> {
  const host = await makeHost(db);
  const made = await createEndpoint(db, host, {
    url: "https://market.example.com/",
    eventTypes: ["message.created"],
  });
  if (!made || !("endpoint" in made)) throw new Error("No endpoint was made");
  const { id } = made.endpoint;
  return { path: `/webhooks/${id}`, row: ["webhook_endpoints", "id", id] };
}

const closing = ({ id }: { id: string }): Thing => ({
  path: `/chats/${id}`,
  row: ["chats", "id", id],
  body: () => ({ status: "closed" }),
});

/** Each change of what can be read at the same address, by each who can do both. */
const changes: Record<string, () => Promise<Thing>> = {
  "PATCH /users/{id} host": async () => ({
    ...(await makePerson()),
    body: (at) => ({ dealsDone: at }),
  }),
  "DELETE /users/{id} host": makePerson,
  "PUT /subjects/{reference} host": async () => {
    const { reference } = await makeSubject(db, await makeUser(db));
    const price = { amount: 900, currency: "EUR" };
    const body = (at: number) => ({ title: `Lamp ${at}`, price });
    return { path: `/subjects/${reference}`, row: ["subjects", "reference", reference], body };
  },
  "PATCH /chats/{id} host": async () => closing(await makeChat(db)),
  "PATCH /chats/{id} user": async () => {
    const chat = await makeChat(db);
    return { ...closing(chat), userId: chat.buyer.id };
  },
  "PATCH /disputes/{id} host": async () => {
    const chat = await makeChat(db);
    const path = `/disputes/${await makeDispute(db, chat)}`;
    const body = () => ({ outcome: "buyer", text: "It goes back" });
    return { path, row: ["chats", "id", chat.id], body };
  },
  "PATCH /webhooks/{id} host": async () => ({
    ...(await makeEndpoint()),
    body: (at) => ({ url: `https://market.example.com/${at}` }),
  }),
  "DELETE /webhooks/{id} host": makeEndpoint,
};

test("nothing else is read and changed at one address", () => {
  const named = operations.flatMap(({ method, path, host, user }) => {
    if (["GET", "POST"].includes(method)) return [];
    const read = operations.find((one) => one.method === "GET" && one.path === path);
    const callers = [host && read?.host ? ["host"] : [], user && read?.user ? ["user"] : []];
    return callers.flat().map((caller) => `${method} ${path} ${caller}`);
  });
  expect(named.toSorted()).toEqual(Object.keys(changes).toSorted());
});

const atOnce = 8;

test.each(Object.entries(changes))(
  "%s: of eight at once who saw the same, one changes it",
  async (name, make) => {
    const [method = ""] = name.split(" ");
    const { call, origin } = await serveApi();
    const { path, row, body, userId } = await make();
    const as: Call = userId
      ? { cookie: (await createSession(db, userId)).token, headers: { Origin: origin } }
      : { as: (await makeKey(db)).key };
    const seen = String((await call("GET", path, as)).headers.etag);
    const headers = { ...as.headers, "If-Match": seen };
    const [table, column, value] = row;
    const other = await holdOpen(
      (tx) => tx`select from ${tx(table)} where ${tx(column)} = ${value} for update`,
    );
    const calls = Array.from({ length: atOnce }, (_, at) =>
      call(method, path, { ...as, headers, body: body?.(at) }),
    );
    // Each of them has looked by now, and found what it saw.
    await vi.waitFor(async () => expect(await waitingBackends()).toHaveLength(atOnce), 15_000);
    await other.commit();
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status < 300)).toHaveLength(1);
    // What is deleted is not there any more.
    const tooLate = method === "DELETE" ? 404 : 412;
    expect(statuses.filter((status) => status === tooLate)).toHaveLength(atOnce - 1);
  },
);
