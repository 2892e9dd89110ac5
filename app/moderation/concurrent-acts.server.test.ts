import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { closeChat } from "~/chats/close.server";
import { markRead } from "~/chats/positions.server";
import { savePrivacy } from "~/chats/privacy.server";
import { editMessage } from "~/chats/revise.server";
import { sendAlone } from "~/chats/send-alone.server";
import { blockPerson, unblockPerson } from "~/safety/blocks/block-person.server";
import { flagBulk } from "~/safety/conduct/flagging.server";
import { defaultFilters } from "~/safety/filters";
import { fileReport } from "~/safety/reports/file-report.server";
import { makeCase } from "~test/cases";
import { db, sql } from "~test/database";
import { makeSanction, makeUser } from "~test/factories";
import { decide, makeFlag } from "~test/flags";
import { say, seededRandom } from "~test/sending";
import { freezeChat, thawChat } from "./access/freezing.server";
import { joinChat, leaveChat } from "./access/joining.server";
import { noteLook } from "./access/looks.server";
import { openPrivateThread } from "./access/private-thread.server";
import { readCaseChat } from "./access/read-case-chat.server";
import { redactMessage } from "./access/redacting.server";
import { searchCaseChat } from "./access/search-case-chat.server";
import { writeInCase } from "./access/writing.server";
import { appealDispute } from "./disputes/appeal.server";
import { claimDispute, handOverDispute, releaseDispute } from "./disputes/claim.server";
import { decideDispute } from "./disputes/decide.server";
import { addNote } from "./disputes/notes.server";
import { openCase, openDispute } from "./disputes/open-dispute.server";
import { readCase } from "./disputes/read-case.server";
import { withdrawDispute } from "./disputes/withdraw.server";
import { appealFlag } from "./flags/appeal-flag.server";
import { decideFlag } from "./flags/decide.server";
import { takeNextFlag } from "./flags/hold.server";
import { lookAtFlag } from "./flags/look.server";
import { changeRole, endSessions } from "./people/roles.server";
import {
  acknowledgeSanction,
  appealSanction,
  decideSanctionAppeal,
} from "./people/sanction-appeals.server";
import { imposeSanction, liftSanction } from "./people/sanctions.server";

const reason = "They insult each other";

/** A case in the middle of everything: joined, with a private thread, and a sanction that is appealed. */
async function makeScene() {
  const { chat, moderator, disputeId } = await makeCase(db);
  const chatId = chat.id;
  const second = await makeUser(db, { role: "moderator", name: "Second" });
  const admin = await makeUser(db, { role: "admin", name: "Admin" });
  await say(db, chat.buyer, chatId, "You cheat");
  await joinChat(db, moderator, chatId);
  const thread = await openPrivateThread(db, moderator, { chatId, side: "buyer" });
  if (!thread) throw new Error("No thread was opened");
  const sanction = await makeSanction(db, chat.seller, { imposedBy: moderator.id });
  const waiting = await makeFlag(db, { chat });
  const removed = await makeFlag(db, { chat });
  await decide(db, removed.id, { choice: "redacted" });
  const flags = { waiting, removed };
  const people = { moderator, second, admin };
  return { chat, chatId, ...people, disputeId, threadId: thread.chatId, sanction, flags };
}

type Scene = Awaited<ReturnType<typeof makeScene>>;

const draft = (body: string) => ({ clientId: randomUUID(), body });
const claim = { reason: "payment", wish: "refund", statement: "It is gone." } as const;
const sanctionOf = (person: Viewer, fields: object) =>
  ({ id: randomUUID(), userId: person.id, kind: "ban", reason, ...fields }) as const;

/** Everything that somebody does to a case, or because of one. */
const acts: Record<string, (scene: Scene) => Promise<unknown>> = {
  claim: ({ second, disputeId }) => claimDispute(db, second, disputeId),
  release: ({ moderator, disputeId }) => releaseDispute(db, moderator, disputeId),
  handOver: ({ admin, second, disputeId }) => handOverDispute(db, admin, disputeId, second.id),
  decide: ({ moderator, disputeId }) =>
    decideDispute(db, moderator, disputeId, { outcome: "buyer", text: "Pay it back." }),
  withdraw: ({ chat, chatId }) => withdrawDispute(db, chat.buyer, chatId),
  open: ({ chat, chatId }) => openDispute(db, chat.seller, { chatId, ...claim }),
  openCase: ({ second, chatId }) => openCase(db, second, { chatId, statement: reason }),
  appeal: ({ chat, chatId }) => appealDispute(db, chat.seller, { chatId, statement: "Never." }),
  join: ({ second, chatId }) => joinChat(db, second, chatId),
  joinThread: ({ second, threadId }) => joinChat(db, second, threadId),
  leave: ({ moderator, chatId }) => leaveChat(db, moderator, chatId),
  leaveThread: ({ moderator, threadId }) => leaveChat(db, moderator, threadId),
  openThread: ({ moderator, chatId }) =>
    openPrivateThread(db, moderator, { chatId, side: "seller" }),
  writeBoth: ({ second, chatId }) =>
    writeInCase(db, second, { chatId, to: "both", ...draft("Calm down") }),
  writeBuyer: ({ moderator, chatId }) =>
    writeInCase(db, moderator, { chatId, to: "buyer", ...draft("Show me") }),
  writeSeller: ({ moderator, chatId }) =>
    writeInCase(db, moderator, { chatId, to: "seller", ...draft("And you?") }),
  freeze: ({ moderator, chatId }) => freezeChat(db, moderator, chatId, reason),
  thaw: ({ second, chatId }) => thawChat(db, second, chatId),
  freezeThread: ({ moderator, threadId }) => freezeChat(db, moderator, threadId, reason),
  redact: ({ moderator, chatId }) => redactMessage(db, moderator, { chatId, seq: 4, reason }),
  note: ({ second, disputeId }) => addNote(db, second, disputeId, "Look at it"),
  readCase: ({ moderator, disputeId }) => readCase(db, moderator, disputeId),
  readChat: ({ moderator, chatId }) => readCaseChat(db, moderator, { chatId, size: 40 }),
  readThread: ({ moderator, threadId }) =>
    readCaseChat(db, moderator, { chatId: threadId, size: 40 }),
  search: ({ moderator, chatId }) => searchCaseChat(db, moderator, { chatId, q: "cheat" }),
  look: ({ moderator, threadId }) => {
    const seat = { id: moderator.id, role: "moderator" } as const;
    const chat = { id: threadId, participants: [seat] } as unknown as Parameters<
      typeof noteLook
    >[2]["chat"];
    return noteLook(db, moderator, { chat, messages: [] });
  },
  demote: ({ admin, moderator }) => changeRole(db, admin, { userId: moderator.id, role: "user" }),
  banModerator: ({ admin, moderator }) => imposeSanction(db, admin, sanctionOf(moderator, {})),
  warnBuyer: ({ moderator, chat, disputeId }) =>
    imposeSanction(db, moderator, sanctionOf(chat.buyer, { kind: "warning", disputeId })),
  banSeller: ({ moderator, chat, disputeId }) =>
    imposeSanction(db, moderator, sanctionOf(chat.seller, { disputeId })),
  endSessions: ({ second, chat }) => endSessions(db, second, chat.buyer.id),
  lift: ({ second, sanction }) => liftSanction(db, second, { id: sanction.id, reason }),
  acknowledge: ({ chat, sanction }) => acknowledgeSanction(db, chat.seller, sanction.id),
  appealSanction: ({ chat, sanction }) =>
    appealSanction(db, chat.seller, { id: sanction.id, text: "It was not me" }),
  decideSanction: ({ second, sanction }) =>
    decideSanctionAppeal(db, second, { id: sanction.id, answer: "No.", isGranted: true }),
  send: ({ chat, chatId }) => sendAlone(db, chat.buyer, { chatId, ...draft("Well") }),
  sendPrivately: ({ chat, threadId }) =>
    sendAlone(db, chat.buyer, { chatId: threadId, ...draft("Here") }),
  edit: ({ chat, chatId }) =>
    editMessage(db, chat.buyer, { chatId, seq: 4, body: "Sorry", windowMs: 600_000 }),
  close: ({ chat, chatId }) => closeChat(db, chat.seller, chatId),
  markRead: ({ moderator, chatId }) => markRead(db, moderator, { chatId, seq: 3 }),
  lookAtFlag: ({ second, flags }) => lookAtFlag(db, second, flags.waiting.id),
  nextFlag: ({ moderator }) => takeNextFlag(db, moderator),
  removeFlagged: ({ second, flags }) => {
    const decision = { choice: "warning", alsoRedact: true, statement: reason } as const;
    return decideFlag(db, second, flags.waiting.id, decision);
  },
  disputeFlagged: ({ admin, flags }) =>
    decideFlag(db, admin, flags.waiting.id, { choice: "dispute", statement: reason }),
  appealFlag: ({ chat, flags }) =>
    appealFlag(db, chat.buyer, { id: flags.removed.id, text: "It was not me" }),
  report: ({ chat, chatId, flags }) =>
    fileReport(db, chat.seller, { chatId, seq: flags.waiting.message.seq, reason: "scam" }),
  reportPerson: ({ chat, chatId }) => fileReport(db, chat.seller, { chatId, reason: "abuse" }),
  flagBulk: ({ chat, flags }) => {
    const messageIds = Object.values(flags).map(({ message }) => message.id);
    const found = { senderId: chat.buyer.id, chats: 9, messageIds };
    return flagBulk(db, found, defaultFilters.bulk.actions);
  },
  sendFiltered: ({ chat, chatId }) => sendAlone(db, chat.seller, { chatId, ...draft("Bullshit") }),
  block: ({ chat, chatId }) => blockPerson(db, chat.seller, chatId),
  unblock: ({ chat, chatId }) => unblockPerson(db, chat.seller, chatId),
  blockToo: ({ chat, chatId }) => blockPerson(db, chat.buyer, chatId),
  privacy: ({ moderator }) =>
    savePrivacy(db, moderator, { sharesReads: false, sharesPresence: true }),
};

/** What does not hold of a scene, whatever was done in it in whatever order. */
async function brokenIn({ chatId, disputeId, moderator, threadId }: Scene): Promise<string[]> {
  const rows = await sql<{ broken: string }[]>`
    with dispute as (select * from disputes where chat_id = ${chatId}),
    all_chats as (
      select c.* from chats c where c.id = ${chatId}
        or c.dispute_id in (select id from dispute)),
    is_open as (select exists (select from dispute where status <> 'resolved') as yes)
    select 'a moderator sits in a chat without a case' as broken from chat_participants p, is_open
      where p.chat_id in (select id from all_chats) and p.role = 'moderator'
        and p.left_at is null and not is_open.yes
    union all select 'somebody sits there who is no moderator' from chat_participants p
      join users u on u.id = p.user_id
      where p.chat_id in (select id from all_chats) and p.role = 'moderator'
        and p.left_at is null and u.role = 'user'
    union all select 'a chat without a case is frozen' from chats, is_open
      where id = ${chatId} and status = 'frozen' and not is_open.yes
    union all select 'a thread of a resolved dispute is open' from chats c
      join dispute d on d.id = c.dispute_id where d.status = 'resolved' and c.status <> 'closed'
    union all select 'seqs have holes' from all_chats c where c.last_seq <> (
      select count(*) from chat_messages m where m.chat_id = c.id)
    union all select 'it ended more than once' from audit_log where dispute_id = ${disputeId}
      and action in ('dispute.decided', 'dispute.withdrawn') having count(*) > 1
    union all select 'it ended without an entry' from dispute d where d.status = 'resolved'
      and not exists (select from audit_log l where l.dispute_id = d.id
        and l.action in ('dispute.decided', 'dispute.withdrawn'))
    union all select 'the moderator was let in while he was none' from users u
      where u.id = ${moderator.id} and u.role = 'user' and exists (
        select from chat_participants p where p.user_id = u.id and p.left_at is null)
    union all select 'a flag is decided without an entry, or twice' from flags f
      where f.chat_id = ${chatId} and f.status = 'resolved' and 1 <> (
        select count(*) from audit_log l
        where l.action = case f.source when 'case' then 'message.redacted' else 'flag.decided' end
          and l.details::jsonb ->> 'flagId' = f.id::text)
    union all select 'a removed message stands there' from flags f
      join chat_messages m on m.id = f.message_id
      where f.chat_id = ${chatId} and f.is_redacted and m.redacted_by is null
    union all select 'a chat does not know who blocks' from chats c where c.id = ${chatId}
      and c.blocked_by <> array(select b.blocker_id from blocks b
        where b.blocker_id in (select user_id from chat_participants where chat_id = c.id)
          and b.blocked_id in (select user_id from chat_participants where chat_id = c.id)
        order by 1)
    union all select 'positions are held without a block, or not with one' from chats c
      join chat_participants p on p.chat_id = c.id and p.role <> 'moderator'
      where c.id = ${chatId}
        and (p.blocked_read_seq is not null) <> (cardinality(c.blocked_by) > 0)
    union all select 'the thread is gone' where not exists (
      select from chats where id = ${threadId})`;
  return rows.map(({ broken }) => broken);
}

const rounds = 6;

/** PostgreSQL ends one of two that wait for each other: nothing of it is done, and it can be repeated. */
function isGivenUp(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error && "code" in cause && cause.code === "40P01";
}

test("whatever everybody does with a case at once, in whatever order, nothing of it breaks", {
  timeout: 120_000,
}, async () => {
  const wrong: string[] = [];
  for (let seed = 1; seed <= rounds; seed += 1) {
    const scene = await makeScene();
    const { random } = seededRandom(seed);
    const shuffled = Object.entries(acts)
      .map(([name, act]) => ({ name, act, place: random() }))
      .sort((a, b) => a.place - b.place);
    const done = await Promise.allSettled(shuffled.map(({ act }) => act(scene)));
    for (const [at, one] of done.entries()) {
      if (one.status === "fulfilled" || isGivenUp(one.reason)) continue;
      wrong.push(`${seed}: ${shuffled[at]?.name}: ${one.reason}`);
    }
    for (const broken of await brokenIn(scene)) wrong.push(`${seed}: ${broken}`);
  }
  expect(wrong).toEqual([]);
});
