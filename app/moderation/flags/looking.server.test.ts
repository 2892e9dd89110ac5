import { describe, expect, test, vi } from "vitest";
import { sendMessage } from "~/chats/send.server";
import { fileReport } from "~/safety/reports/file-report.server";
import { db, sql } from "~test/database";
import { makeChat, makeSanction, makeStaged, makeUser } from "~test/factories";
import { makeFlag, makeReport, makeReported } from "~test/flags";
import { say } from "~test/sending";
import { means } from "~test/transcripts";
import { openPicture } from "../access/pictures.server";
import { readCaseChat } from "../access/read-case-chat.server";
import { changeRole } from "../people/roles.server";
import { appealFlag } from "./appeal-flag.server";
import { decideFlag } from "./decide.server";
import { releaseFlag, takeNextFlag } from "./hold.server";
import { lookAtFlag } from "./look.server";

/** Each of them makes people and chats, one after the other, on a machine that may be busy. */
vi.setConfig({ testTimeout: 90_000 });

const makeModerator = (name = "Moderator") => makeUser(db, { role: "moderator", name });
const fine = { choice: "fine", statement: "It is nothing." } as const;
const later = (id: string, minutes: number) =>
  sql`update flags set claimed_at = claimed_at - ${`${minutes} minutes`}::interval where id = ${id}`;
const entriesOf = (chatId: string, action: string) => sql`
  select actor_id, details::json from audit_log
  where chat_id = ${chatId} and action = ${action} order by seq`;

async function makeLongChat() {
  const chat = await makeChat(db);
  for (let at = 0; at < 12; at++) await say(db, chat.seller, chat.id, `Before that ${at}`);
  const flagged = await makeFlag(db, { chat });
  for (let at = 0; at < 12; at++) await say(db, chat.seller, chat.id, `After that ${at}`);
  return flagged;
}

describe("what a flag opens", () => {
  test("is the message with five neighbours on each side, and the look is in the audit log", async () => {
    const { id, chat, message } = await makeLongChat();
    const moderator = await makeModerator();
    const view = await lookAtFlag(db, moderator, id);
    const bodies = view?.messages?.map(({ body }) => body) ?? [];
    expect(bodies).toHaveLength(11);
    expect([bodies[0], bodies[5], bodies[10]]).toEqual([
      "Before that 7",
      message.body,
      "After that 4",
    ]);
    expect(view?.messages?.[5]?.verdicts).toMatchObject([
      { action: "flag", reasons: [{ kind: "scam", words: ["silver spoon"] }] },
    ]);
    expect(await readCaseChat(db, moderator, { chatId: chat.id, size: 40 })).toBeNull();
    const looks = await entriesOf(chat.id, "flag.viewed");
    expect(looks).toMatchObject([
      {
        actor_id: moderator.id,
        details: { flagId: id, from: message.seq - 5, to: message.seq + 5 },
      },
    ]);
  });

  test("of a reported person is the last ten before the report, with reports and history", async () => {
    const chat = await makeChat(db);
    for (let at = 0; at < 14; at++) await say(db, chat.buyer, chat.id, "Well");
    const id = await makeReported(db, chat, 14);
    await makeSanction(db, chat.buyer);
    await say(db, chat.buyer, chat.id, "Later");
    const view = await lookAtFlag(db, await makeModerator(), id);
    expect(view?.messages?.map(({ seq }) => seq)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(view?.reports).toMatchObject([{ by: { id: chat.seller.id }, reason: "scam" }]);
    expect(view?.people[0]).toMatchObject({ id: chat.buyer.id, sanctions: [{ kind: "warning" }] });
    expect(view?.choices).not.toContain("redacted");
  });

  test("reaches back to the other parts of what was split over messages", async () => {
    const chat = await makeChat(db);
    for (let at = 0; at < 12; at++) await say(db, chat.buyer, chat.id, "Well");
    const reason = { kind: "phone", action: "flag", words: ["1", "2"], earlier: [7, 8] } as const;
    const { id, message } = await makeFlag(db, {
      chat,
      reason: { ...reason, words: [...reason.words], earlier: [...reason.earlier] },
    });
    const view = await lookAtFlag(db, await makeModerator(), id);
    expect(view?.messages?.[0]?.seq).toBe(Math.max(7, message.seq - 8));
  });

  test("is nothing to users, parties, reporters, who is locked out, and of what is not there", async () => {
    const { id, chat } = await makeFlag(db);
    const reporter = await makeModerator("Reporter");
    await makeReport(db, id, reporter);
    const banned = await makeModerator("Banned");
    await makeSanction(db, banned, { kind: "ban" });
    await sql`update users set role = 'moderator' where id = ${chat.seller.id}`;
    const asParty = { ...chat.seller, role: "moderator" as const };
    for (const viewer of [await makeUser(db), asParty, reporter, banned]) {
      expect(await lookAtFlag(db, viewer, id)).toBeNull();
      expect(await decideFlag(db, viewer, id, fine)).toBeNull();
      expect(await releaseFlag(db, viewer, id)).toBeNull();
    }
    expect(await lookAtFlag(db, await makeModerator(), chat.id)).toBeNull();
  });

  test("is nothing any more when it is decided, or for who lost his role meanwhile", async () => {
    const { id } = await makeFlag(db);
    const moderator = await makeModerator();
    await lookAtFlag(db, moderator, id);
    const admin = await makeUser(db, { role: "admin" });
    await changeRole(db, admin, { userId: moderator.id, role: "user" });
    expect(await lookAtFlag(db, moderator, id)).toBeNull();
    expect(await decideFlag(db, moderator, id, fine)).toBeNull();
    await later(id, 16);
    const other = await makeModerator();
    expect(await decideFlag(db, other, id, fine)).toEqual({ done: true });
    const view = await lookAtFlag(db, other, id);
    expect(view).toMatchObject({ messages: null, flag: { outcome: "fine" } });
  });
});

describe("a picture", () => {
  async function makePictures() {
    const chat = await makeChat(db);
    const send = async () => {
      const { id } = await makeStaged(db, chat.buyer, chat.id);
      const draft = { chatId: chat.id, clientId: crypto.randomUUID(), body: "" };
      await sendMessage(db, chat.buyer, { ...draft, pictures: [{ id, alt: null }] });
      return id;
    };
    const far = await send();
    for (let at = 0; at < 5; at++) await say(db, chat.seller, chat.id, "No");
    const near = await send();
    return { ...(await makeFlag(db, { chat })), far, near };
  }

  test("opens where it stands among the neighbours, to who holds the flag, as long as he does", async () => {
    const { id, chat, far, near } = await makePictures();
    const moderator = await makeModerator();
    const open = (picture: string, viewer = moderator) =>
      openPicture(db, means.storage, viewer, { chatId: chat.id, id: picture, size: "full" });
    expect(await open(near)).toBeNull();
    await lookAtFlag(db, moderator, id);
    expect(await open(near)).not.toBeNull();
    expect(await open(far)).toBeNull();
    expect(await open(near, await makeModerator())).toBeNull();
    expect(await entriesOf(chat.id, "picture.viewed")).toMatchObject([
      { actor_id: moderator.id, details: { pictureId: near, flagId: id } },
    ]);
    await later(id, 16);
    expect(await open(near)).toBeNull();
    await lookAtFlag(db, moderator, id);
    await decideFlag(db, moderator, id, fine);
    expect(await open(near)).toBeNull();
  });
});

describe("who looks at a flag holds it", () => {
  test("for a quarter of an hour, and others see by whom and nothing that was written", async () => {
    const { id } = await makeFlag(db);
    const [first, second] = [await makeModerator("First"), await makeModerator("Second")];
    await lookAtFlag(db, first, id);
    const seen = await lookAtFlag(db, second, id);
    expect(seen).toMatchObject({ messages: null, holder: { name: "First", isViewer: false } });
    expect(await decideFlag(db, second, id, fine)).toEqual({ refused: "taken", by: "First" });
    await later(id, 16);
    expect((await lookAtFlag(db, second, id))?.messages).not.toBeNull();
    expect(await decideFlag(db, first, id, fine)).toEqual({ refused: "taken", by: "Second" });
  });

  test("until he gives it back", async () => {
    const { id, chat } = await makeFlag(db);
    const [first, second] = [await makeModerator(), await makeModerator()];
    await lookAtFlag(db, first, id);
    expect(await releaseFlag(db, second, id)).toEqual({ refused: "taken" });
    expect(await releaseFlag(db, first, id)).toEqual({ done: true });
    expect(await releaseFlag(db, first, id)).toEqual({ done: true });
    expect((await lookAtFlag(db, second, id))?.messages).not.toBeNull();
    expect(await entriesOf(chat.id, "flag.released")).toHaveLength(1);
    expect(await entriesOf(chat.id, "flag.claimed")).toHaveLength(2);
  });

  test("and of two who look at once one does", async () => {
    const { id } = await makeFlag(db);
    const [first, second] = [await makeModerator(), await makeModerator()];
    const views = await Promise.all([lookAtFlag(db, first, id), lookAtFlag(db, second, id)]);
    expect(views.filter((view) => view?.messages)).toHaveLength(1);
  });
});

describe("the next flag", () => {
  test("is another one for each who asks at once, the worst first, and none twice", async () => {
    await sql`update flags set status = 'resolved', outcome = 'fine', statement = 'x',
      decided_by = person_id, resolved_at = now() where status <> 'resolved'`;
    const made = await Promise.all(Array.from({ length: 6 }, () => makeFlag(db)));
    const worst = made[3]?.id ?? "";
    await sql`update flags set severity = 99 where id = ${worst}`;
    const moderators = await Promise.all(Array.from({ length: 8 }, () => makeModerator()));
    expect(await takeNextFlag(db, moderators[0] ?? (await makeModerator()))).toBe(worst);
    const taken = await Promise.all(moderators.slice(1).map((one) => takeNextFlag(db, one)));
    const ids = taken.filter((id) => id !== null);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toHaveLength(5);
  });

  test("is none that the moderator is a party to, or that appeals what he decided", async () => {
    const { id, chat } = await makeFlag(db);
    const moderator = await makeModerator();
    await decideFlag(db, moderator, id, fine);
    await sql`update flags set status = 'resolved', outcome = 'fine', statement = 'x',
      decided_by = person_id, resolved_at = now() where status <> 'resolved'`;
    const [appeal] = await sql`
      insert into flags (id, chat_id, message_id, person_id, seq, source, severity, appeal_of,
        appealed_by, appeal)
      select gen_random_uuid(), chat_id, message_id, person_id, seq, 'appeal', 50, id, ${chat.seller.id},
        'It is not fine' from flags where id = ${id} returning id`;
    expect(await takeNextFlag(db, moderator)).toBeNull();
    await sql`update users set role = 'moderator' where id = ${chat.seller.id}`;
    expect(await takeNextFlag(db, { ...chat.seller, role: "moderator" })).toBeNull();
    expect(await lookAtFlag(db, moderator, appeal?.id)).toMatchObject({
      messages: null,
      isOwnDecision: true,
    });
    expect(await takeNextFlag(db, await makeModerator())).toBe(appeal?.id);
  });
});

test("its timeline says who raised, took, looked, decided and appealed, and nothing of other flags", async () => {
  const { id, chat, message } = await makeFlag(db);
  const draft = { chatId: chat.id, seq: message.seq, reason: "scam" } as const;
  await fileReport(db, chat.seller, { ...draft, note: "Not for a timeline" });
  const [first, second] = [await makeModerator("First"), await makeModerator("Second")];
  const other = await makeFlag(db, { chat });
  await lookAtFlag(db, second, other.id);
  const before = await lookAtFlag(db, first, id);
  const told = (view: Awaited<ReturnType<typeof lookAtFlag>>) =>
    view?.steps.map(({ action, actor }) => [action, actor.name]);
  expect(told(before)).toEqual([
    ["flag.raised", null],
    ["flag.reported", "Somebody"],
  ]);
  await lookAtFlag(db, first, id);
  await decideFlag(db, first, id, { choice: "redacted", statement: "No spoons" });
  await appealFlag(db, chat.buyer, { id, text: "Spoons are what I collect" });
  const after = await lookAtFlag(db, second, id);
  expect(told(after)).toEqual([
    ["flag.raised", null],
    ["flag.reported", "Somebody"],
    ["flag.claimed", "First"],
    ["flag.viewed", "First"],
    ["flag.decided", "First"],
    ["flag.appealed", "Somebody"],
  ]);
  expect(JSON.stringify(after?.steps)).not.toContain("Not for a timeline");
  const appeal = await lookAtFlag(db, second, after?.appealedIn ?? "");
  expect(told(appeal)).toEqual([["flag.appealed", "Somebody"]]);
  // Parties, though they are moderators, find neither.
  await sql`update users set role = 'moderator' where id = ${chat.seller.id}`;
  expect(await lookAtFlag(db, chat.seller, id)).toBeNull();
});
