import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sendMessage } from "~/chats/send.server";
import { writeInCase } from "~/moderation/access/writing.server";
import { openDispute } from "~/moderation/disputes/open-dispute.server";
import { makeCase } from "~test/cases";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { createRule } from "./change-rules.server";
import { workDryRun } from "./dry-run-work.server";
import { cancelDryRun, readDryRun, startDryRun } from "./dry-runs.server";
import type { RuleDraft } from "./rule-draft";
import { viewSamples } from "./samples.server";
import { atOnce, sentMessages } from "./sent-messages.server";

const quick = { sliceMs: 4, rest: 0, longestMs: 60_000 };

const says = (word: string, draft: Partial<RuleDraft> = {}): RuleDraft => ({
  name: word,
  kind: "word",
  pattern: word,
  action: "flag",
  stages: ["inquiry", "paid", "shipped", "completed", "cancelled"],
  message: "Not here.",
  ...draft,
});

const admin = await makeUser(db, { role: "admin" });

async function makeRule(draft: RuleDraft): Promise<string> {
  const id = randomUUID();
  await createRule(db, admin, { id, draft });
  return id;
}

/** Starts it and waits until it is through. */
async function run(ruleId: string, work = (id: string) => workDryRun(db, id, quick)) {
  let working: Promise<void> = Promise.resolve();
  const started = await startDryRun(db, admin, ruleId, (id) => {
    working = work(id);
  });
  await working;
  return { started, dryRun: await readDryRun(db, ruleId) };
}

async function say(chat: Awaited<ReturnType<typeof makeChat>>, body: string): Promise<void> {
  const sent = await sendMessage(db, chat.buyer, {
    chatId: chat.id,
    clientId: randomUUID(),
    body,
  });
  if (!sent || "refused" in sent) throw new Error("Not sent");
}

test("a dry run counts by day what a rule hits, in closed chats too, and never in private threads", async () => {
  const [chat, closed, secret] = [await makeChat(db), await makeChat(db), await makeChat(db)];
  await say(chat, "The zeppelin of long ago");
  for (const one of [chat, closed, secret]) await say(one, "Is the zeppelin still there?");
  await say(chat, "No such word here");
  await sql`update chat_messages set created_at = now() - interval '40 days'
    where chat_id = ${chat.id} and seq <= 2`;
  await sql`update chats set status = 'closed', closed_at = now() where id = ${closed.id}`;
  const claim = { reason: "payment", wish: "refund", statement: "Where is it?" } as const;
  const opened = await openDispute(db, secret.buyer, { chatId: secret.id, ...claim });
  if (!opened || !("disputeId" in opened)) throw new Error("No dispute was opened");
  await sql`update chats set dispute_id = ${opened.disputeId}, private_to = ${secret.buyer.id}
    where id = ${secret.id}`;
  const { dryRun } = await run(await makeRule(says("zeppelin")));
  const today = new Date().toISOString().slice(0, 10);
  expect(dryRun).toMatchObject({ state: "done", hits: 2, progress: 1, samples: 2 });
  expect(dryRun?.days.filter(({ hits }) => hits > 0)).toEqual([{ day: today, hits: 2 }]);
});

test("a message counts at the stage that its deal had when it was sent", async () => {
  const chat = await makeChat(db);
  await say(chat, "A dirigible, early");
  await sql`insert into chat_messages (id, chat_id, seq, version, created_version, type, event)
    select ${randomUUID()}, id, last_seq + 1, version + 1, version + 1, 'system',
      '{"kind":"stage_changed","from":"inquiry","to":"paid"}'::jsonb
    from chats where id = ${chat.id}`;
  await sql`update chats set last_seq = last_seq + 1, version = version + 1 where id = ${chat.id}`;
  await sql`update subjects set stage = 'paid' where reference = ${chat.reference}`;
  await say(chat, "A dirigible, later");
  await say(chat, "And another dirigible");
  for (const [stage, hits] of [
    ["inquiry", 1],
    ["paid", 2],
    ["shipped", 0],
  ] as const) {
    const { dryRun } = await run(await makeRule(says("dirigible", { stages: [stage] })));
    expect([stage, dryRun?.hits]).toEqual([stage, hits]);
  }
});

test("more messages than are read at once are all read, each once", async () => {
  const chat = await makeChat(db);
  const count = atOnce.messages * 2 + 7;
  await sql`insert into chat_messages
    (id, chat_id, seq, version, created_version, sender_id, client_id, type, body)
    select gen_random_uuid(), id, last_seq + n, version + n, version + n, buyer_id,
      gen_random_uuid(), 'text', 'gondola ' || n
    from chats, generate_series(1, ${count}) n where id = ${chat.id}`;
  await sql`update chats set last_seq = last_seq + ${count}, version = version + ${count}
    where id = ${chat.id}`;
  const read: string[] = [];
  for await (const { messages } of sentMessages(db)) {
    read.push(...messages.map(({ text }) => text).filter((text) => text.startsWith("gondola")));
  }
  expect(read).toEqual(Array.from({ length: count }, (_, at) => `gondola ${count - at}`));
  const { dryRun } = await run(await makeRule(says("gondola")));
  expect([dryRun?.hits, dryRun?.samples]).toEqual([count, 20]);
});

test("what moderators wrote in a chat is not tried, nor what was taken back", async () => {
  const { chat, moderator } = await makeCase(db);
  for (const to of ["both", "buyer"] as const) {
    const draft = { chatId: chat.id, to, body: "Any montgolfiere", clientId: randomUUID() };
    await writeInCase(db, moderator, draft);
  }
  await say(chat, "A montgolfiere");
  await say(chat, "Another montgolfiere");
  await sql`update chat_messages set deleted_at = now(), body = null
    where chat_id = ${chat.id} and body like 'Another%'`;
  const { dryRun } = await run(await makeRule(says("montgolfiere")));
  expect(dryRun?.hits).toBe(1);
});

test("one dry run goes at a time, and can be cancelled from anywhere", async () => {
  const [one, other] = [await makeRule(says("one")), await makeRule(says("other"))];
  const { started } = await run(one, async () => {});
  if (!started || !("dryRunId" in started)) throw new Error("Not started");
  expect(await startDryRun(db, admin, other, () => {})).toEqual({ refused: "busy" });
  expect((await readDryRun(db, one))?.state).toBe("running");
  await cancelDryRun(db, other);
  expect((await readDryRun(db, one))?.state).toBe("running");
  await cancelDryRun(db, one);
  await workDryRun(db, started.dryRunId, quick);
  expect(await readDryRun(db, one)).toMatchObject({ state: "cancelled", messages: 0 });
  expect((await run(other)).dryRun?.state).toBe("done");
});

test("one whose process was killed is shown as interrupted, and holds up nobody", async () => {
  const [one, other] = [await makeRule(says("killed")), await makeRule(says("next"))];
  const { started } = await run(one, async () => {});
  if (!started || !("dryRunId" in started)) throw new Error("Not started");
  await sql`update filter_dry_runs set beat_at = now() - interval '31 seconds'
    where id = ${started.dryRunId}`;
  expect((await readDryRun(db, one))?.state).toBe("lost");
  expect((await run(other)).dryRun?.state).toBe("done");
  // Its process only stood still: it finds out, and leaves what is there as it is.
  await workDryRun(db, started.dryRunId, quick);
  expect(await readDryRun(db, one)).toMatchObject({ state: "failed", messages: 0 });
});

test("one whose time is up ends with what it has, and one that meets an error says so", async () => {
  const late = await makeRule(says("late"));
  const { dryRun } = await run(late, (id) => workDryRun(db, id, { ...quick, longestMs: -1 }));
  expect(dryRun?.state).toBe("late");
  const failing = await makeRule(says("failing"));
  const broken = {
    ...db,
    update: db.update.bind(db),
    select: () => {
      throw new Error("Out of luck");
    },
  };
  const failed = await run(failing, (id) =>
    workDryRun(broken as unknown as typeof db, id, quick).catch(() => {}),
  );
  expect(failed.dryRun?.state).toBe("failed");
});

test("samples show little of a message, and who looked is in the log of each chat", async () => {
  const [chat, unsaid] = [await makeChat(db), await makeChat(db)];
  await say(chat, `${"x".repeat(50)} before the\nMontgolfier after ${"y".repeat(50)}`);
  await say(unsaid, "My montgolfier");
  const { dryRun } = await run(await makeRule(says("montgolfier")));
  await sql`update chat_messages set body = null, deleted_at = now()
    where chat_id = ${unsaid.id} and body like 'My%'`;
  const samples = await viewSamples(db, admin, dryRun?.id ?? "");
  expect(samples).toMatchObject([
    {
      before: `…${"x".repeat(28)} before the `,
      words: "Montgolfier",
      after: ` after ${"y".repeat(33)}…`,
    },
  ]);
  const log = await sql`select chat_id, action, actor_id from audit_log
    where action = 'rule.sample_viewed'`;
  expect(log).toEqual([{ chat_id: chat.id, action: "rule.sample_viewed", actor_id: admin.id }]);
  expect(await viewSamples(db, admin, randomUUID())).toBeNull();
});
