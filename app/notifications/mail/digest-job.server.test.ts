import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { markRead } from "~/chats/positions.server";
import { unsendMessage } from "~/chats/revise.server";
import { chatParticipants, unreadDigests, users } from "~/db/schema";
import { addJob } from "~/jobs/add-job.server";
import { type Choices, defaultChoices } from "~/notifications/choices";
import { saveChoices } from "~/notifications/choices.server";
import { blockPerson } from "~/safety/blocks/block-person.server";
import { db } from "~test/database";
import { makeChat, makeSanction } from "~test/factories";
import { runJobs } from "~test/jobs";
import { header, mailerTo, startMailServer } from "~test/mail-server";
import { say as sayIn } from "~test/sending";
import { digestJob } from "./digest-job.server";

const begin = Date.now();
const at = (minutes: number) => new Date(begin + minutes * 60_000);

/** A chat whose seller is mailed of what the buyer says, by a mail server of the test's own. */
async function setUp() {
  const chat = await makeChat(db);
  await db.update(users).set({ name: "Bea Buyer" }).where(eq(users.id, chat.buyer.id));
  const { seller: reader } = chat;
  const server = await startMailServer();
  const mailer = mailerTo(server);
  const jobs = { "mail-digest": digestJob(() => mailer) };
  const where = { userId: reader.id };
  return {
    ...{ chat, reader, server },
    /** As what follows new messages does. */
    wake: () => addJob(db, "mail-digest", where, { key: `digest:${reader.id}` }),
    run: (minutes: number) =>
      runJobs(db, { now: at(minutes), only: ["mail-digest"], where, jobs, mayFail: true }),
    choose: (draft: Partial<Choices>) => saveChoices(db, reader, { ...defaultChoices, ...draft }),
    say: (body: string) => sayIn(db, chat.buyer, chat.id, body),
    read: (seq: number) => markRead(db, reader, { chatId: chat.id, seq }),
  };
}

const waits = async (userId: string) =>
  (await db.select().from(unreadDigests).where(eq(unreadDigests.userId, userId))).length === 1;

test("five minutes after the first unread message one mail tells of all of them", async () => {
  const { chat, reader, server, say, wake, run } = await setUp();
  await say("Is the bicycle still there?");
  await wake();
  await run(4);
  expect(server.mails).toEqual([]);
  await say("I could come on Saturday");
  await run(6);
  const [mail] = server.mails;
  expect(mail?.subject).toBe("2 new messages from Bea Buyer");
  const [{ email } = { email: "" }] = await db.select().from(users).where(eq(users.id, reader.id));
  expect(mail?.to?.[0]?.address).toBe(email);
  for (const form of [mail?.text, mail?.html]) {
    expect(form).toContain("Is the bicycle still there?");
    expect(form).toContain("I could come on Saturday");
    expect(form).toContain("A red bicycle");
    expect(form).toContain(`http://localhost:3000/chats/${chat.id}`);
  }
  // It signs nobody in, and nothing is fetched that would say that it was read.
  expect(mail?.source).not.toMatch(/<img|src=|session=|sso/i);
  expect(mail && header(mail, "List-Unsubscribe")).toMatch(
    /^<http:\/\/localhost:3000\/mail\/unsubscribe\/message\..+>$/,
  );
  for (const minutes of [7, 30, 70, 600]) await run(minutes);
  expect(server.mails).toHaveLength(1);
  expect(await waits(reader.id)).toBe(false);
});

test("what was read in time is never mailed", async () => {
  const { reader, server, say, read, wake, run } = await setUp();
  const { seq } = await say("Is the bicycle still there?");
  await wake();
  await run(4);
  await read(seq);
  await run(6);
  expect(server.mails).toEqual([]);
  expect(await waits(reader.id)).toBe(false);
});

test("then at most one an hour until it is read, with what is new alone", async () => {
  const { server, say, read, wake, run } = await setUp();
  await say("Is the bicycle still there?");
  await wake();
  await run(6);
  const { seq } = await say("I could come on Saturday");
  await wake();
  for (const minutes of [20, 65]) await run(minutes);
  expect(server.mails).toHaveLength(1);
  await run(67);
  expect(server.mails).toHaveLength(2);
  expect(server.mails[1]?.text).toContain("I could come on Saturday");
  expect(server.mails[1]?.text).not.toContain("still there?");
  await read(seq);
  await say("Or on Sunday, if you like");
  await wake();
  await run(68);
  expect(server.mails[2]?.text).toContain("Or on Sunday, if you like");
});

test("all chats that are due are told of in one mail", async () => {
  const { chat, reader, server, say, wake, run } = await setUp();
  const other = await makeChat(db);
  const isReader = { userId: reader.id };
  await db
    .update(chatParticipants)
    .set(isReader)
    .where(eq(chatParticipants.userId, other.seller.id));
  await say("Is the bicycle still there?");
  await say("I could come on Saturday");
  await sayIn(db, other.buyer, other.id, "Is it for children?");
  await wake();
  await run(6);
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]?.subject).toBe("3 new messages in 2 chats");
  expect(server.mails[0]?.text).toContain(`/chats/${chat.id}`);
  expect(server.mails[0]?.text).toContain(`/chats/${other.id}`);
});

test.for([
  ["sender", ["Bea Buyer"], ["still there?", "red bicycle"]],
  ["nothing", ["a new message"], ["Bea Buyer", "still there?", "red bicycle"]],
] as const)(
  "who chose that mails show %s gets no more than that",
  async ([mailContent, shown, hidden]) => {
    const { server, choose, say, wake, run } = await setUp();
    await choose({ mailContent });
    await say("Is the bicycle still there?");
    await wake();
    await run(6);
    const [mail] = server.mails;
    for (const words of shown) expect(mail?.source).toContain(words);
    for (const words of hidden)
      expect(`${mail?.subject}${mail?.html}${mail?.text}`).not.toContain(words);
  },
);

type Market = Awaited<ReturnType<typeof setUp>>;
const mute =
  (until: string) =>
  ({ chat, reader }: Market) =>
    db.execute(sql`update chat_participants set muted_until = ${until}::timestamptz
    where chat_id = ${chat.id} and user_id = ${reader.id}`);
const noMailOf = { ...defaultChoices.byKind, message: { push: true, mail: false } };

test.for<[string, (market: Market) => unknown]>([
  ["has muted the chat for an hour", mute(at(60).toISOString())],
  ["has muted it for ever", mute("infinity")],
  ["blocks the sender", ({ reader, chat }) => blockPerson(db, reader, chat.id)],
  ["is blocked by the sender", ({ chat }) => blockPerson(db, chat.buyer, chat.id)],
  ["wants no mail of messages", ({ choose }) => choose({ byKind: noMailOf })],
  ["is suspended", ({ reader }) => makeSanction(db, reader, { kind: "suspension" })],
  [
    "has left the chat",
    ({ chat, reader }) =>
      db.execute(sql`update chat_participants set role = 'moderator', left_at = now()
      where chat_id = ${chat.id} and user_id = ${reader.id}`),
  ],
])("nobody is mailed who %s", async ([, happens]) => {
  const market = await setUp();
  await market.say("Is the bicycle still there?");
  await market.wake();
  await market.run(4);
  await happens(market);
  await market.run(6);
  expect(market.server.attempts).toBe(0);
  expect(await waits(market.reader.id)).toBe(false);
});

test("quiet hours put it off to their end, and not what is read by then", async () => {
  const { server, choose, say, read, wake, run } = await setUp();
  const minute = at(0).getUTCHours() * 60 + at(0).getUTCMinutes();
  const quiet = { from: (minute + 1439) % 1440, to: (minute + 120) % 1440, timeZone: "UTC" };
  await choose({ quiet });
  await say("Is the bicycle still there?");
  await wake();
  for (const minutes of [6, 100]) await run(minutes);
  expect(server.mails).toEqual([]);
  await run(122);
  expect(server.mails).toHaveLength(1);
  const { seq } = await say("I could come on Saturday");
  await wake();
  await read(seq);
  await run(300);
  expect(server.mails).toHaveLength(1);
});

test("what was taken back is not quoted, and by itself no reason for a mail", async () => {
  const { chat, server, say, wake, run } = await setUp();
  const unsend = ({ seq }: { seq: number }) =>
    unsendMessage(db, chat.buyer, { chatId: chat.id, seq, windowMs: 60_000 });
  await unsend(await say("Something I regret"));
  await wake();
  await run(6);
  expect(server.mails).toEqual([]);
  await unsend(await say("Another thing I regret"));
  await say("Is the bicycle still there?");
  await wake();
  await run(7);
  expect(server.mails[0]?.text).toContain("still there?");
  expect(server.mails[0]?.source).not.toContain("regret");
});

test("the latest five are quoted, each cut short, and the others counted", async () => {
  const { server, say, wake, run } = await setUp();
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]) {
    await say(`Would ${day} be good for you?`);
  }
  await say(`It is a long story: ${"and then some more of it ".repeat(40)}the end`);
  await wake();
  await run(6);
  const text = server.mails[0]?.text ?? "";
  expect(text).toContain("2 earlier messages");
  expect(text).not.toContain("Tuesday");
  expect(text).toContain("Wednesday");
  expect(text).toContain("…");
  expect(text).not.toContain("the end");
});

test("a moderator in a chat reads it by his case, and not in a mail", async () => {
  const { chat, reader, server, say, wake, run } = await setUp();
  await say("Is the bicycle still there?");
  await db.execute(sql`update chat_participants set role = 'moderator'
    where chat_id = ${chat.id} and user_id = ${reader.id}`);
  await wake();
  await run(6);
  expect(server.mails[0]?.subject).toBe("New message from Bea Buyer");
  expect(server.mails[0]?.source).not.toContain("still there");
});

test("a mail that the server puts off comes later, once", async () => {
  const { server, say, wake, run } = await setUp();
  await say("Is the bicycle still there?");
  await wake();
  server.toMessage = () => ({ code: 451, text: "4.3.0 Try again later" });
  const [failed] = await run(6);
  expect(failed?.error).toBeInstanceOf(Error);
  server.toMessage = () => null;
  for (const minutes of [7, 8, 30]) await run(minutes);
  expect(server.mails).toHaveLength(1);
});

test("a mail that nobody knows of is not sent again, and what is new comes an hour later", async () => {
  const { server, say, wake, run } = await setUp();
  await say("Is the bicycle still there?");
  await wake();
  server.toMessage = () => "hang up";
  await run(6);
  server.toMessage = () => null;
  for (const minutes of [7, 30]) await run(minutes);
  expect(server.mails).toHaveLength(1);
  await say("I could come on Saturday");
  await wake();
  await run(67);
  expect(server.mails).toHaveLength(2);
  expect(server.mails[1]?.text).not.toContain("still there?");
});

test("an address that there is not is not tried again and again", async () => {
  const { server, say, wake, run, reader } = await setUp();
  server.toRecipient = () => ({ code: 550, text: "5.1.1 No such mailbox" });
  await say("Is the bicycle still there?");
  await wake();
  for (const minutes of [6, 7, 30, 70]) await run(minutes);
  expect(server.attempts).toBe(1);
  expect(await waits(reader.id)).toBe(false);
});

test("names and words can neither dress up as the mail itself nor leave their place", async () => {
  const { chat, server, say, wake, run } = await setUp();
  const name = `Bea </h2><script>alert(1)</script> \u202eevil ${"x".repeat(120)}`;
  await db.update(users).set({ name }).where(eq(users.id, chat.buyer.id));
  await say(`Look <img alt=""> & this: שלום עליכם ${"very".repeat(60)}`);
  await wake();
  await run(6);
  const [mail] = server.mails;
  expect(mail?.html).not.toMatch(/<script|<img|<\/h2><script/);
  expect(mail?.html).toContain("שלום עליכם");
  expect(mail?.subject).not.toMatch(/\u202e/);
  expect(mail?.subject?.length).toBeLessThan(120);
  expect(mail?.text).toMatch(/^> Look <img alt=""> & this/m);
});

test("where there is nothing to send mails with, nothing waits", async () => {
  const { reader, say, wake } = await setUp();
  await say("Is the bicycle still there?");
  await wake();
  const jobs = { "mail-digest": digestJob(() => null) };
  await runJobs(db, { now: at(6), only: ["mail-digest"], where: { userId: reader.id }, jobs });
  expect(await waits(reader.id)).toBe(false);
});
