import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createSession, findSession, findViewer } from "~/accounts/sessions.server";
import { closeChat } from "~/chats/close.server";
import { sendMessage } from "~/chats/send.server";
import { startChat } from "~/chats/start.server";
import { ownDecisions } from "~/moderation/people/own-decisions.server";
import { listPeople } from "~/moderation/people/people.server";
import { viewPerson } from "~/moderation/people/person.server";
import { databaseUrl, db, sql } from "~test/database";
import { makeSubject, makeUser } from "~test/factories";
import { makeHost, makeHostUser } from "~test/hosts";
import { makeInstance } from "~test/instances";
import { startLiveServer } from "~test/live-server";
import { createUserToken } from "../tokens/create-user-token.server";
import { findTokenViewer } from "../tokens/token-viewer.server";
import { changeUser } from "./save-user.server";

const host = await makeHost(db);
const suspend = (id: string, isSuspended = true, on = db) =>
  changeUser(on, host, id, { isSuspended });

test("streams of who is suspended end on every instance within a second", async () => {
  const other = makeInstance();
  const [one, two] = [
    await startLiveServer(db, databaseUrl),
    await startLiveServer(other, databaseUrl),
  ];
  const took: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const person = await makeHostUser(db);
    const bystander = await one.open(await makeUser(db));
    const readers = [await one.open(person), await two.open(person)];
    for (const reader of [bystander, ...readers]) await reader.start();
    const beganAt = performance.now();
    await suspend(person.id, true, round % 2 ? db : other);
    await expect
      .poll(() => readers.map(({ closed }) => closed), { interval: 10 })
      .toEqual([true, true]);
    took.push(performance.now() - beganAt);
    expect(bystander.closed).toBe(false);
  }
  expect(Math.min(...took)).toBeLessThan(1_000);
  expect([...one.errors, ...two.errors]).toEqual([]);
});

test("who is suspended is signed out, finds nothing but why, and is let in again", async () => {
  const person = await makeHostUser(db);
  const before = await createSession(db, person.id);
  const bearer = await createUserToken(db, host, { userId: person.id });
  const token = bearer && "token" in bearer ? bearer.token : "";
  await suspend(person.id);
  expect(await findSession(db, before.token)).toBeNull();
  expect(await findTokenViewer(db, token)).toBeNull();
  expect(await createUserToken(db, host, { userId: person.id })).toEqual({ refused: "lockedOut" });
  const again = await createSession(db, person.id);
  expect((await findSession(db, again.token))?.standing).toBe("lockedOut");
  expect(await findViewer(db, again.token)).toBeNull();
  const decisions = { sanctions: [], removals: [], isSuspendedByHost: true };
  expect(await ownDecisions(db, person.id)).toEqual(decisions);

  await suspend(person.id, false);
  expect(await findViewer(db, again.token)).toMatchObject({ id: person.id });
  expect(await ownDecisions(db, person.id)).toEqual({ ...decisions, isSuspendedByHost: false });
  expect(await createUserToken(db, host, { userId: person.id })).toMatchObject({
    token: expect.any(String),
  });
});

test("what began before it and ends after it changes nothing", async () => {
  const [buyer, seller] = [await makeHostUser(db), await makeUser(db)];
  const { reference } = await makeSubject(db, seller);
  const started = await startChat(db, buyer, reference);
  const chatId = started && "chatId" in started ? started.chatId : "";
  const another = await makeSubject(db, seller);
  await suspend(buyer.id);
  const draft = { chatId, clientId: randomUUID(), body: "Hello" };
  expect(await sendMessage(db, buyer, draft)).toEqual({ refused: "signedOut" });
  expect(await closeChat(db, buyer, chatId)).toBeNull();
  expect(await startChat(db, buyer, another.reference)).toBeNull();
  const [row] = await sql`select last_seq::int from chats where id = ${chatId}`;
  expect(row?.last_seq).toBe(1);
});

test("said and taken back at once by many, it ends in one of the two, wholly", async () => {
  const person = await makeHostUser(db);
  const other = makeInstance();
  await Promise.all(
    Array.from({ length: 12 }, (_, at) => suspend(person.id, at % 3 > 0, at % 2 ? db : other)),
  );
  const { token } = await createSession(db, person.id);
  const isOut = (await findViewer(db, token)) === null;
  const [row] = await sql`select host_suspended_at from users where id = ${person.id}`;
  expect(row?.host_suspended_at !== null).toBe(isOut);
  // Each entry of the log is a change: never the same twice in a row.
  const entries = await sql`
    select action from audit_log where person_id = ${person.id} and action <> 'user.created'
    order by seq`;
  const actions = entries.map(({ action }) => action);
  expect(actions.every((action, at) => action !== actions[at - 1])).toBe(true);
  expect(actions.at(-1) ?? "user.reinstated").toBe(isOut ? "user.suspended" : "user.reinstated");
});

test("moderators find who is suspended by the host, by what it calls him, without an address", async () => {
  const { id, externalId } = await makeHostUser(db, { isVerified: true, dealsDone: 37 });
  await suspend(id);
  const moderator = await makeUser(db, { role: "moderator" });
  const asked = { filter: "sanctioned", sort: "newest", q: externalId, size: 30 } as const;
  const { people } = await listPeople(db, asked);
  expect(people).toMatchObject([{ id, email: null, standing: "lockedOut" }]);
  const page = await viewPerson(db, moderator, id);
  expect(page?.person).toMatchObject({ externalId, email: null, isVerified: true, dealsDone: 37 });
  expect(page?.person.hostSuspendedAt).toMatch(/^\d{4}-/);
});
