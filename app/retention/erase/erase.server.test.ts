import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { hashPassword } from "~/accounts/passwords.server";
import { createSession, findSession } from "~/accounts/sessions.server";
import { signIn } from "~/accounts/sign-in.server";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import { sendMessage } from "~/chats/send.server";
import { startChat } from "~/chats/start.server";
import { legalHolds, users } from "~/db/schema";
import { registry } from "~/jobs/registry.server";
import { readCaseChat } from "~/moderation/access/read-case-chat.server";
import { viewPerson } from "~/moderation/people/person.server";
import { makeTranscript } from "~/moderation/transcripts/make.server";
import { readTranscriptRows } from "~/moderation/transcripts/read.server";
import { raiseNotifications } from "~/notifications/raise.server";
import { makeDispute } from "~test/cases";
import { db, sql } from "~test/database";
import {
  askToErase,
  eraseMeans,
  eraseWithKills,
  findInDatabase,
  findInStorage,
  nameCanary,
} from "~test/erasing";
import { makeChat, makeSubject, makeUser } from "~test/factories";
import { makeHost, makeHostUser } from "~test/hosts";
import { runJobs } from "~test/jobs";
import { say } from "~test/sending";
import { makeDiskStorage } from "~test/storages";
import { firstBroken } from "../../../bin/transcript/chain.mjs";
import { liftHold } from "../legal-holds.server";
import { eraseAccount } from "./erase-account.server";
import { eraseJob } from "./erase-job.server";
import { erasePerson } from "./erase-person.server";
import { eraseForm, eraseOwnAccount, readOwnErasure } from "./own-erasure.server";

vi.setConfig({ testTimeout: 60_000 });

const hour = 3_600_000;
const now = () => new Date();

const setMessages = (messages: "kept" | "removed") => sql`
  insert into retention_settings (erased_messages) values (${messages})
  on conflict ("only") do update set erased_messages = excluded.erased_messages`;

async function setUp(messages: "kept" | "removed" = "kept") {
  await setMessages(messages);
  const chat = await makeChat(db);
  const canary = await nameCanary(db, chat.buyer);
  const { storage } = makeDiskStorage();
  const means = eraseMeans(storage);
  const erase = () => erasePerson(db, means, chat.buyer.id, now());
  const state = async () => {
    const [row] = await sql`select * from erasures where user_id = ${chat.buyer.id}`;
    return row;
  };
  return { chat, canary, storage, means, erase, state, words: Object.values(canary) };
}

async function transcriptOf(chatId: string) {
  const rows = await readTranscriptRows(db, chatId);
  if (!rows) throw new Error("There is no such chat");
  const making = {
    exportedAt: now().toISOString(),
    exportedBy: null,
    caseId: null,
    operator: null,
  };
  return makeTranscript(rows, making);
}

test("who deletes his account is gone at once, and nobody can sign in to it or write to it", async () => {
  const { chat, canary } = await setUp();
  await db
    .update(users)
    .set({ passwordHash: await hashPassword("a long password") })
    .where(eq(users.id, chat.buyer.id));
  const { token } = await createSession(db, chat.buyer.id);
  const proof = { address: "192.0.2.7" };
  const wrong = await eraseOwnAccount(db, chat.buyer, { ...proof, password: "another one" });
  expect(wrong).toEqual({ refused: "wrongPassword" });
  expect(await findSession(db, token)).not.toBeNull();

  const asked = await eraseOwnAccount(db, chat.buyer, { ...proof, password: "a long password" });
  expect(asked).toEqual({ asked: true });
  expect(await findSession(db, token)).toBeNull();
  const [user] = await sql`select * from users where id = ${chat.buyer.id}`;
  expect(user).toMatchObject({ name: "Deleted account", password_hash: null });
  expect(user?.email).toBe(`${chat.buyer.id}@erased.invalid`);
  const tries = { address: "192.0.2.7", password: "a long password" };
  expect(await signIn(db, { ...tries, email: canary.email })).toEqual({ refused: "wrong" });
  expect(await signIn(db, { ...tries, email: user?.email })).toEqual({ refused: "wrong" });
  // A sign-in that was under way.
  const late = await createSession(db, chat.buyer.id);
  expect(await findSession(db, late.token)).toBeNull();

  const [closed] = await sql`select status from chats where id = ${chat.id}`;
  expect(closed?.status).toBe("closed");
  const draft = { chatId: chat.id, clientId: randomUUID(), body: "Are you there?" };
  expect(await sendMessage(db, chat.seller, draft)).toMatchObject({ refused: "notOpen" });
  const [told] = await sql`
    select event from chat_messages where chat_id = ${chat.id} order by seq desc limit 1`;
  expect(told?.event).toEqual({ kind: "chat_closed", by: "buyer" });
});

test("what the API first answered somebody goes with his account", async () => {
  const { chat } = await setUp();
  const [caller, other] = [`user ${chat.buyer.id}`, `user ${chat.seller.id}`];
  await sql`
    insert into idempotent_answers (caller, key, fingerprint)
    select who, 'first', '' from unnest(${[caller, other]}::text[]) who`;
  await askToErase(db, chat.buyer.id);
  const left = await sql`
    select caller from idempotent_answers where caller in (${caller}, ${other})`;
  expect(left).toEqual([{ caller: other }]);
});

test("nobody starts a chat with a seller who is gone, and nothing is raised for him", async () => {
  const { chat } = await setUp();
  await askToErase(db, chat.seller.id);
  const another = await makeUser(db);
  expect(await startChat(db, another, chat.reference)).toEqual({ refused: "notDelivered" });
  const news = { kind: "sanction", subjectId: randomUUID(), data: { what: "imposed" } } as const;
  await db.transaction((tx) => raiseNotifications(tx, [{ userId: chat.seller.id, ...news }]));
  const [raised] = await sql`
    select count(*)::int as n from notifications where user_id = ${chat.seller.id}`;
  expect(raised?.n).toBe(0);
});

test("the marketplace can have its own people deleted, and nobody else", async () => {
  const host = await makeHost(db);
  const { id, externalId } = await makeHostUser(db);
  expect(await eraseAccount(db, host, { userId: id })).toEqual({ asked: true, isHeld: false });
  expect(await eraseAccount(db, host, { userId: id })).toEqual({ asked: true, isHeld: false });
  const entries = await sql`
    select actor_role, details::jsonb -> 'key' as key from audit_log
    where person_id = ${id} and action = 'account.erasure_asked'`;
  const key = { id: host.keyId, name: host.keyName };
  expect(entries).toEqual([{ actor_role: "host", key }]);
  const [row] = await sql`select external_id, is_verified, deals_done from users where id = ${id}`;
  expect(row).toEqual({ external_id: null, is_verified: null, deals_done: null });
  expect(await findInDatabase(db, [externalId])).toEqual([]);

  const [joined, left] = [await makeUser(db), await makeUser(db)];
  const staff = await makeUser(db, { externalId: randomUUID(), role: "moderator" });
  await askToErase(db, left.id, await makeUser(db, { role: "admin" }));
  for (const { id: userId } of [joined, staff, left, { id: randomUUID() }]) {
    expect(await eraseAccount(db, host, { userId })).toBeNull();
  }
});

test("who has no password types his address, and who has no address his name", async () => {
  const proof = { address: "192.0.2.9" };
  const named = await makeHostUser(db, { name: "Mira K." });
  expect(await readOwnErasure(db, named.id)).toMatchObject({
    ...{ email: null, name: "Mira K.", hasPassword: false },
  });
  for (const wrong of [
    {},
    { name: "mira k." },
    { name: "" },
    { email: "Mira K." },
    { password: "Mira K." },
  ]) {
    const refused = await eraseOwnAccount(db, named, { ...proof, ...wrong });
    expect(refused).toEqual({ refused: "wrongName" });
  }
  const typed = eraseForm.parse({ intent: "erase", name: " Mira K. " });
  expect(await eraseOwnAccount(db, named, { ...proof, ...typed })).toEqual({ asked: true });

  const email = `${randomUUID()}@test.example`;
  const mailed = await makeHostUser(db, { name: "Mira K.", email });
  const asName = await eraseOwnAccount(db, mailed, { ...proof, name: "Mira K." });
  expect(asName).toEqual({ refused: "wrongEmail" });
  expect(await eraseOwnAccount(db, mailed, { ...proof, email })).toEqual({ asked: true });
});

test("of who had no address nothing but his name is taken out of what was written", async () => {
  await setMessages("kept");
  const person = await makeHostUser(db, { name: "Zora Canarybird" });
  const [seller, moderator] = [await makeUser(db), await makeUser(db, { role: "moderator" })];
  const started = await startChat(db, person, (await makeSubject(db, seller)).reference);
  const chatId = started && "chatId" in started ? started.chatId : "";
  await say(db, person, chatId, "This is Zora Canarybird, hello");
  await askToErase(db, person.id);
  const page = await viewPerson(db, moderator, person.id);
  expect(page?.erasure).toMatchObject({ name: "Zora Canarybird", email: null });
  const means = eraseMeans(makeDiskStorage().storage);
  expect(await erasePerson(db, means, person.id, now())).toBe("done");
  const [told] = await sql`
    select body from chat_messages where chat_id = ${chatId} and body is not null`;
  expect(told?.body).toBe("This is Deleted account, hello");
});

test("only oneself, an admin and the marketplace can have an account deleted", async () => {
  const { chat, state } = await setUp();
  const { id: userId } = chat.buyer;
  const moderator = await makeUser(db, { role: "moderator" });
  for (const by of [chat.seller, moderator]) {
    expect(await eraseAccount(db, by, { userId, reason: "No" })).toBeNull();
  }
  expect(await eraseAccount(db, await makeHost(db), { userId: randomUUID() })).toBeNull();
  const signedOut = { ...chat.buyer, sessionId: randomUUID() };
  expect(await eraseAccount(db, signedOut, { userId })).toBeNull();
  expect(await state()).toBeUndefined();
  const admin = await makeUser(db, { role: "admin" });
  const reason = "Asked for by letter";
  expect(await eraseAccount(db, admin, { userId, reason })).toEqual({ asked: true, isHeld: false });
  expect(await eraseAccount(db, admin, { userId, reason })).toEqual({ asked: true, isHeld: false });
  const entries = await sql`select actor_id, details from audit_log
    where person_id = ${userId} and action = 'account.erasure_asked'`;
  expect(entries).toHaveLength(1);
  expect(JSON.parse(entries[0]?.details)).toMatchObject({ reason, messages: "kept", days: 30 });
});

test("the last admin stays, and who is erased is no admin any more", async () => {
  await sql`update users set role = 'user' where role = 'admin'`;
  const [one, two] = [await makeUser(db, { role: "admin" }), await makeUser(db, { role: "admin" })];
  const both = await Promise.all(
    [one, two].map((admin) => eraseAccount(db, admin, { userId: admin.id })),
  );
  expect(both.filter((said) => said && "asked" in said)).toHaveLength(1);
  expect(both).toContainEqual({ refused: "lastAdmin" });
  const left = await sql`select id from users where role = 'admin'`;
  expect(left).toHaveLength(1);
});

test("words that others read stay without a name, in a chain that holds as before", async () => {
  const { chat, canary, erase, state, words } = await setUp("kept");
  const mine = await say(db, chat.buyer, chat.id, `Good morning, ${canary.name} here`);
  await editMessage(db, chat.buyer, {
    ...{ chatId: chat.id, seq: mine.seq, windowMs: hour },
    body: `Good evening, ${canary.name.toUpperCase()} here`,
  });
  await say(db, chat.seller, chat.id, `Hello ${canary.name}, it is still there`);
  await say(db, chat.seller, chat.id, "It has a new chain");
  const before = await transcriptOf(chat.id);
  await askToErase(db, chat.buyer.id);
  expect(await erase()).toBe("done");
  expect(await findInDatabase(db, words)).toEqual([]);
  expect(await state()).toMatchObject({ state: "done", name: null, email: null });

  const rows = await sql`
    select body from chat_messages where chat_id = ${chat.id} and type = 'text' order by seq`;
  expect(rows.map(({ body }) => body)).toEqual([
    "Good evening, Deleted account here",
    "Hello Deleted account, it is still there",
    "It has a new chain",
  ]);
  const after = await transcriptOf(chat.id);
  expect(firstBroken(chat.id, after.messages)).toBeNull();
  const hashes = (of: typeof after) => of.messages.map(({ hash }) => hash);
  // What came since is that the chat was closed.
  expect(hashes(after).slice(0, -1)).toEqual(hashes(before));
  expect(after.messages.find(({ seq }) => seq === 3)?.erased).toEqual({
    body: "Hello Deleted account, it is still there",
  });
});

test("words that are removed leave a place, a hash and nothing else", async () => {
  const { chat, erase, storage } = await setUp("removed");
  const first = await say(db, chat.buyer, chat.id, "Mango pickle, two jars");
  await editMessage(db, chat.buyer, {
    ...{ chatId: chat.id, seq: first.seq, windowMs: hour },
    body: "Mango pickle, three jars",
  });
  const second = await say(db, chat.buyer, chat.id, "Also some mango juice");
  await unsendMessage(db, chat.buyer, { chatId: chat.id, seq: second.seq, windowMs: hour });
  await say(db, chat.seller, chat.id, "Very well", { replyTo: first.seq });
  const before = await transcriptOf(chat.id);
  await askToErase(db, chat.buyer.id);
  expect(await erase()).toBe("done");
  expect(await findInDatabase(db, ["mango"])).toEqual([]);
  expect(await findInStorage(storage, ["mango"])).toEqual([]);
  const after = await transcriptOf(chat.id);
  expect(firstBroken(chat.id, after.messages)).toBeNull();
  expect(after.messages.slice(0, before.messages.length).map(({ hash }) => hash)).toEqual(
    before.messages.map(({ hash }) => hash),
  );
  const changes = after.messages.filter(({ seq }) => seq === first.seq).map((one) => one.change);
  expect(changes).toEqual(["sent", "edited", "unsent"]);
  expect(JSON.stringify(after)).not.toMatch(/mango/i);
});

test("killed at every step, and twice at once, it comes to the same end", async () => {
  const { chat, canary, means, words } = await setUp("removed");
  for (let at = 0; at < 60; at += 1) await say(db, chat.buyer, chat.id, `Papaya number ${at} here`);
  await say(db, chat.seller, chat.id, `Thank you, ${canary.name}, for all of these`);
  await askToErase(db, chat.buyer.id);
  const { outcome, kills } = await eraseWithKills(db, means, chat.buyer.id, now());
  expect(outcome).toBe("done");
  expect(new Set(kills)).toEqual(new Set(["asked", "batch", "rows", "objects", "emptied"]));
  expect(await findInDatabase(db, ["papaya", ...words])).toEqual([]);
  expect(firstBroken(chat.id, (await transcriptOf(chat.id)).messages)).toBeNull();

  const other = await setUp("removed");
  for (let at = 0; at < 60; at += 1) await say(db, other.chat.buyer, other.chat.id, "Guava is it");
  await askToErase(db, other.chat.buyer.id);
  await Promise.all([other.erase(), other.erase(), other.erase()]);
  expect(await findInDatabase(db, ["guava", ...other.words])).toEqual([]);
  const { messages } = await transcriptOf(other.chat.id);
  expect(firstBroken(other.chat.id, messages)).toBeNull();
  expect(messages.filter(({ change }) => change === "unsent")).toHaveLength(60);
  const done = await sql`select 1 from audit_log
    where person_id = ${other.chat.buyer.id} and action = 'account.erased'`;
  expect(done).toHaveLength(1);
});

test("what is held waits, says so, and goes when the hold ends", async () => {
  const { chat, canary, means, state, words } = await setUp("removed");
  await say(db, chat.buyer, chat.id, "Coconut milk in tins");
  const admin = await makeUser(db, { role: "admin" });
  const hold = { id: randomUUID(), reason: "A court asked", placedBy: admin.id };
  await db.insert(legalHolds).values({ ...hold, userId: chat.buyer.id });
  expect(await readOwnErasure(db, chat.buyer.id)).toMatchObject({
    ...{ messages: "removed", days: 30 },
    holds: [{ kind: "legal", until: null }],
  });
  expect(await askToErase(db, chat.buyer.id)).toEqual({ asked: true, isHeld: true });
  const jobs = { ...registry, erase: eraseJob(() => ({ means, share: 100 })) };
  const where = { userId: chat.buyer.id };
  await runJobs(db, { jobs, only: ["erase"], where });
  expect(await state()).toMatchObject({ state: "held", ...canary });
  // Nobody but moderators of what holds it knows who it was.
  const places = (await findInDatabase(db, words)).map((one) => one.split(":")[0]);
  expect(places).toEqual(["public.erasures"]);
  expect(await findInDatabase(db, ["coconut"])).not.toEqual([]);

  const about = { userId: chat.buyer.id };
  await liftHold(db, admin, { id: hold.id, reason: "The court is done", about });
  const soon = new Date(Date.now() + 60_000);
  await runJobs(db, { now: soon, jobs, only: ["retention", "erase"] });
  expect(await state()).toMatchObject({ state: "done", name: null });
  expect(await findInDatabase(db, ["coconut", ...words])).toEqual([]);
});

test("a dispute holds what was said, whose moderators read it to the end", async () => {
  const { chat, erase, state } = await setUp("removed");
  await say(db, chat.buyer, chat.id, "The lychees never came");
  const disputeId = await makeDispute(db, chat);
  await askToErase(db, chat.buyer.id);
  expect(await erase()).toBe("held");
  const moderator = await makeUser(db, { role: "moderator" });
  const read = await readCaseChat(db, moderator, { chatId: chat.id, size: 50 });
  expect(JSON.stringify(read)).toContain("lychees");
  await sql`update disputes set status = 'resolved', outcome = 'withdrawn', resolved_at = now()
    where id = ${disputeId}`;
  expect(await erase()).toBe("done");
  expect(await state()).toMatchObject({ state: "done" });
  expect(await findInDatabase(db, ["lychees"])).toEqual([]);
});
