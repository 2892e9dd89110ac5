import { expect, test, vi } from "vitest";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { say } from "~test/sending";
import { severityOfFindings } from "./flag";
import { type FlagDraft, raiseFlag, raiseFlags } from "./raise.server";

/** Each of them makes people and chats, one after the other, on a machine that may be busy. */
vi.setConfig({ testTimeout: 90_000 });

async function makeDraft(fields: Partial<FlagDraft> = {}) {
  const chat = await makeChat(db);
  const message = await say(db, chat.buyer, chat.id, "Bring me the silver spoon");
  const draft: FlagDraft = {
    chatId: chat.id,
    messageId: message.id,
    seq: message.seq,
    personId: chat.buyer.id,
    source: "filter",
    severity: 40,
    ...fields,
  };
  return { chat, draft };
}

const raise = (draft: FlagDraft) => db.transaction((tx) => raiseFlag(tx, draft));
const flagsOf = (chatId: string) =>
  sql`select id, severity, status, source, message_id from flags where chat_id = ${chatId}`;
const entriesOf = (chatId: string) =>
  sql`select actor_role, action, details from audit_log where chat_id = ${chatId} order by seq`;

test("what filters raise stands in the queue and, as the program's own act, in the audit log", async () => {
  const { draft } = await makeDraft();
  const id = await raise(draft);
  expect(await flagsOf(draft.chatId)).toMatchObject([{ id, severity: 40, status: "open" }]);
  const entries = await entriesOf(draft.chatId);
  expect(entries).toMatchObject([{ actor_role: "system", action: "flag.raised" }]);
  expect(JSON.parse(entries[0]?.details)).toMatchObject({ flagId: id, isNew: true });
});

test("what comes to a flag that waits joins it, and it counts as the worst of both", async () => {
  const { draft } = await makeDraft();
  const id = await raise(draft);
  expect(await raise({ ...draft, source: "report", severity: 75 })).toBe(id);
  expect(await raise({ ...draft, severity: 20 })).toBe(id);
  const found = await flagsOf(draft.chatId);
  expect(found).toMatchObject([{ id, severity: 75, source: "filter" }]);
});

test("a decided flag gathers nothing more, and neither does an appeal", async () => {
  const { chat, draft } = await makeDraft();
  const first = await raise(draft);
  const moderator = await makeUser(db, { role: "moderator" });
  await sql`update flags set status = 'resolved', outcome = 'fine', statement = 'Fine',
    decided_by = ${moderator.id}, resolved_at = now() where id = ${first}`;
  await sql`insert into flags (id, chat_id, message_id, person_id, seq, source, severity, appeal_of,
      appealed_by, appeal)
    values (gen_random_uuid(), ${chat.id}, ${draft.messageId ?? null}, ${chat.buyer.id}, ${draft.seq},
      'appeal', 50, ${first}, ${chat.seller.id}, 'It was not fine')`;
  const second = await raise(draft);
  expect(second).not.toBe(first);
  expect(await raise(draft)).toBe(second);
  expect(await flagsOf(chat.id)).toHaveLength(3);
});

test("a person is flagged once in each chat, apart from what he wrote", async () => {
  const { chat, draft } = await makeDraft();
  const ofMessage = await raise(draft);
  const person: FlagDraft = { ...draft, messageId: undefined, source: "report" };
  const ofPerson = await raise(person);
  expect(ofPerson).not.toBe(ofMessage);
  expect(await raise(person)).toBe(ofPerson);
  expect(await raise({ ...person, personId: chat.seller.id })).not.toBe(ofPerson);
});

test("many who raise the same ones at once, in whatever order, raise one of each", async () => {
  const { draft: a } = await makeDraft();
  const { draft: b } = await makeDraft();
  const all = await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      db.transaction((tx) => raiseFlags(tx, at % 2 ? [a, b] : [b, a])),
    ),
  );
  const [first] = all;
  for (const ids of all) expect([...ids].sort()).toEqual([...(first ?? [])].sort());
  expect(await flagsOf(a.chatId)).toHaveLength(1);
  expect(await flagsOf(b.chatId)).toHaveLength(1);
});

test("what waits comes up: half an hour counts as much as a point of severity", async () => {
  const { draft } = await makeDraft({ severity: 10 });
  const { draft: worse } = await makeDraft({ severity: 90 });
  const [mild, bad] = [await raise(draft), await raise(worse)];
  const order = async () =>
    (await sql`select id from flags where id in (${mild}, ${bad}) order by ranked_at`).map(
      ({ id }) => id,
    );
  expect(await order()).toEqual([bad, mild]);
  await sql`update flags set opened_at = opened_at - interval '41 hours' where id = ${mild}`;
  expect(await order()).toEqual([mild, bad]);
});

test("of what was found the worst counts, and more when it was hidden", () => {
  const found = { action: "flag" as const, words: ["x"] };
  expect(severityOfFindings([])).toBe(0);
  const mild = severityOfFindings([{ ...found, kind: "profanity" }]);
  const both = severityOfFindings([
    { ...found, kind: "profanity" },
    { ...found, kind: "scam" },
  ]);
  const hidden = severityOfFindings([{ ...found, kind: "threat", isDisguised: true }]);
  expect(mild).toBeLessThan(both);
  expect(both).toBeLessThan(hidden);
  expect(hidden).toBeLessThanOrEqual(100);
});
