import { eq } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { findMessage } from "~/chats/messages.server";
import { unsendMessage } from "~/chats/revise.server";
import { flags } from "~/db/schema";
import { databaseUrl, db, sql } from "~test/database";
import { makeUser } from "~test/factories";
import { makeFlag, makeReport, makeReported } from "~test/flags";
import { say } from "~test/sending";
import { changeRole } from "../people/roles.server";
import { decideFlag } from "./decide.server";
import type { FlagDecision } from "./flag-view";
import { lookAtFlag } from "./look.server";

/** Each of them makes people and chats, one after the other, on a machine that may be busy. */
vi.setConfig({ testTimeout: 90_000 });

const makeModerator = (name = "Moderator") => makeUser(db, { role: "moderator", name });
const statement = "Payment by gift card is how people lose their money.";
const withReason = (choice: FlagDecision["choice"], more: Partial<FlagDecision> = {}) => ({
  choice,
  statement,
  ...more,
});

const flagOf = async (id: string) => (await db.select().from(flags).where(eq(flags.id, id)))[0];
const sanctionsOf = (person: Pick<Viewer, "id">) =>
  sql`select kind, reason, flag_id, ends_at from sanctions where user_id = ${person.id}`;
const sessionsOf = async (person: Pick<Viewer, "id">) =>
  (await sql`select from sessions where user_id = ${person.id}`).length;

async function makeAppeal(of: string, by: Pick<Viewer, "id">) {
  const [appeal] = await sql`
    insert into flags (id, chat_id, message_id, person_id, seq, source, severity, appeal_of,
      appealed_by, appeal)
    select gen_random_uuid(), chat_id, message_id, person_id, seq, 'appeal', 50, id, ${by.id},
      'That is wrong' from flags where id = ${of} returning id`;
  return String(appeal?.id);
}

describe("a decision", () => {
  test("that it is fine changes nothing but the flag", async () => {
    const { id, message, chat } = await makeFlag(db);
    const moderator = await makeModerator();
    expect(await decideFlag(db, moderator, id, withReason("fine"))).toEqual({ done: true });
    expect(await flagOf(id)).toMatchObject({
      status: "resolved",
      outcome: "fine",
      statement,
      decidedBy: moderator.id,
      isRedacted: false,
    });
    expect((await findMessage(db, chat.id, message.seq))?.body).toBe(message.body);
  });

  test("to remove it does so, for both sides", async () => {
    const { id, message, chat } = await makeFlag(db);
    await decideFlag(db, await makeModerator(), id, withReason("redacted"));
    expect(await flagOf(id)).toMatchObject({ outcome: "redacted", isRedacted: true });
    const gone = await findMessage(db, chat.id, message.seq);
    expect(gone).toMatchObject({ body: null, isRedacted: true });
  });

  test.each([
    ["warning", {}, 1],
    ["suspension", { days: 7, alsoRedact: true }, 0],
    ["ban", { alsoRedact: true }, 0],
  ] as const)("to impose a %s does so, with the message or without", async (choice, more, left) => {
    const { id, message, chat } = await makeFlag(db);
    await decideFlag(db, await makeModerator(), id, withReason(choice, more));
    const made = await sanctionsOf(chat.buyer);
    expect(made).toMatchObject([{ kind: choice, reason: statement, flag_id: id }]);
    expect(await sessionsOf(chat.buyer)).toBe(left);
    const isRedacted = "alsoRedact" in more;
    expect(await flagOf(id)).toMatchObject({ outcome: choice, isRedacted });
    expect((await findMessage(db, chat.id, message.seq))?.isRedacted).toBe(isRedacted);
  });

  test("to open a dispute opens one in the moderator's hands, or names the one that there is", async () => {
    const { id, chat } = await makeFlag(db);
    const moderator = await makeModerator();
    await decideFlag(db, moderator, id, withReason("dispute"));
    const [dispute] = await sql`select id, claimed_by from disputes where chat_id = ${chat.id}`;
    expect(dispute).toMatchObject({ claimed_by: moderator.id });
    expect(await flagOf(id)).toMatchObject({ outcome: "dispute", disputeId: dispute?.id });
    const again = await makeFlag(db, { chat });
    await decideFlag(db, await makeModerator(), again.id, withReason("dispute"));
    expect(await flagOf(again.id)).toMatchObject({ disputeId: dispute?.id });
  });

  test("is in the audit log with all that it did, and told to those whom it concerns", async () => {
    const { id, chat } = await makeFlag(db);
    await makeReport(db, id, chat.seller);
    const told: string[] = [];
    const listening = await sql.listen("parley", (payload) => void told.push(payload));
    await decideFlag(db, await makeModerator(), id, withReason("warning", { alsoRedact: true }));
    const entries = await sql`
      select action, person_id, details::json from audit_log where chat_id = ${chat.id}
      order by seq desc limit 3`;
    expect(entries.map(({ action }) => action).sort()).toEqual([
      "flag.decided",
      "message.redacted",
      "sanction.imposed",
    ]);
    await expect
      .poll(() => [chat.buyer, chat.seller].every((one) => told.join().includes(one.id)), {
        timeout: 20_000,
      })
      .toBe(true);
    await listening.unlisten();
  });

  test("sent twice is one, and a second moderator is told who was first", async () => {
    const { id, chat } = await makeFlag(db);
    const [first, second] = [await makeModerator("First"), await makeModerator("Second")];
    const decision = withReason("warning");
    expect(await decideFlag(db, first, id, decision)).toEqual({ done: true });
    expect(await decideFlag(db, first, id, decision)).toEqual({ done: true });
    expect(await decideFlag(db, second, id, decision)).toEqual({ refused: "decided", by: "First" });
    expect(await decideFlag(db, first, id, withReason("ban"))).toMatchObject({
      refused: "decided",
    });
    expect(await sanctionsOf(chat.buyer)).toHaveLength(1);
  });

  test("of many at once is one, whatever the others meant", async () => {
    const { id, chat } = await makeFlag(db);
    const moderators = await Promise.all(Array.from({ length: 6 }, () => makeModerator()));
    const choices = ["ban", "redacted", "fine", "dispute", "warning", "ban"] as const;
    const answers = await Promise.all(
      moderators.map((one, at) => decideFlag(db, one, id, withReason(choices[at] ?? "fine"))),
    );
    expect(answers.filter((answer) => answer && "done" in answer)).toHaveLength(1);
    const flag = await flagOf(id);
    const isSanction = flag?.outcome === "ban" || flag?.outcome === "warning";
    expect(await sanctionsOf(chat.buyer)).toHaveLength(isSanction ? 1 : 0);
  });
});

describe("nothing is half done", () => {
  test("when the person is of a higher role: the message stays, too", async () => {
    const { id, chat, message } = await makeFlag(db);
    await sql`update users set role = 'admin' where id = ${chat.buyer.id}`;
    const moderator = await makeModerator();
    const decision = withReason("ban", { alsoRedact: true });
    expect(await decideFlag(db, moderator, id, decision)).toEqual({ refused: "notAllowed" });
    expect((await findMessage(db, chat.id, message.seq))?.isRedacted).toBe(false);
    expect(await flagOf(id)).toMatchObject({ status: "open", outcome: null });
    expect(await sanctionsOf(chat.buyer)).toHaveLength(0);
    expect(
      await sql`select from audit_log where action = 'message.redacted'
      and chat_id = ${chat.id}`,
    ).toHaveLength(0);
  });

  test("when what was asked for does not go with it", async () => {
    const { chat, message } = await makeFlag(db);
    const id = await makeReported(db, chat, message.seq);
    const moderator = await makeModerator();
    for (const decision of [withReason("redacted"), withReason("warning", { alsoRedact: true })]) {
      expect(await decideFlag(db, moderator, id, decision)).toEqual({ refused: "notPossible" });
    }
    expect(await decideFlag(db, moderator, id, withReason("upheld"))).toMatchObject({
      refused: "notPossible",
    });
    expect(await sanctionsOf(chat.buyer)).toHaveLength(0);
  });

  test("when the process dies in the middle of it", async () => {
    const { id, chat, message } = await makeFlag(db);
    // The audit log comes last: who holds it stops the decision after everything else.
    const { connect } = await import("~/db/client.server");
    const [holder, dying] = [connect(databaseUrl), connect(databaseUrl)];
    const held = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const holding = holder.sql.begin(async (tx) => {
      await tx`lock table audit_log in exclusive mode`;
      held.resolve();
      await release.promise;
    });
    await held.promise;
    const decision = withReason("ban", { alsoRedact: true });
    const dead = decideFlag(dying.db, await makeModerator(), id, decision).catch(() => "dead");
    await expect
      .poll(
        async () =>
          (
            await sql`select pid from pg_stat_activity where datname = current_database()
              and wait_event_type = 'Lock' and query ilike '%audit%'`
          ).length,
        { timeout: 30_000 },
      )
      .toBeGreaterThan(0);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    expect(await dead).toBe("dead");
    release.resolve();
    await holding;
    await Promise.all([holder.close(), dying.close()]);
    expect((await findMessage(db, chat.id, message.seq))?.isRedacted).toBe(false);
    expect(await flagOf(id)).toMatchObject({ outcome: null });
    expect(await sanctionsOf(chat.buyer)).toHaveLength(0);
    expect(await sessionsOf(chat.buyer)).toBe(1);
  });

  test("when the moderator loses his role at the same moment: he was in time, or he was not", async () => {
    const admin = await makeUser(db, { role: "admin" });
    for (let round = 0; round < 3; round++) {
      const { id, chat } = await makeFlag(db);
      const moderator = await makeModerator();
      const [answer] = await Promise.all([
        decideFlag(db, moderator, id, withReason("ban")),
        changeRole(db, admin, { userId: moderator.id, role: "user" }),
      ]);
      const flag = await flagOf(id);
      expect(flag?.outcome).toBe(answer ? "ban" : null);
      expect(await sanctionsOf(chat.buyer)).toHaveLength(answer ? 1 : 0);
    }
  });
});

describe("an appeal", () => {
  async function makeRedacted() {
    const made = await makeFlag(db);
    const first = await makeModerator("First");
    await decideFlag(db, first, made.id, withReason("redacted"));
    return { ...made, first, appeal: await makeAppeal(made.id, made.chat.buyer) };
  }

  test("is for another moderator, and gives the message back as it was when it is granted", async () => {
    const { appeal, first, chat, message } = await makeRedacted();
    expect(await decideFlag(db, first, appeal, withReason("fine"))).toEqual({
      refused: "notYours",
    });
    const second = await makeModerator("Second");
    const view = await lookAtFlag(db, second, appeal);
    expect(view).toMatchObject({
      choices: ["fine", "upheld"],
      appeal: { isByPerson: true, of: { outcome: "redacted", statement, decider: "First" } },
    });
    await decideFlag(db, second, appeal, withReason("fine"));
    const back = await findMessage(db, chat.id, message.seq);
    expect(back).toMatchObject({ body: message.body, deletedAt: null, isRedacted: false });
    expect(back?.version).toBeGreaterThan(message.version + 1);
    expect(await flagOf(appeal)).toMatchObject({ outcome: "fine", isRedacted: false });
  });

  test("that is refused leaves what was decided, and imposes nothing anew", async () => {
    const { id, chat, message } = await makeFlag(db);
    await decideFlag(
      db,
      await makeModerator(),
      id,
      withReason("suspension", { days: 1, alsoRedact: true }),
    );
    const appeal = await makeAppeal(id, chat.buyer);
    await decideFlag(db, await makeModerator(), appeal, withReason("upheld"));
    expect(await flagOf(appeal)).toMatchObject({ outcome: "suspension", isRedacted: true });
    expect(await sanctionsOf(chat.buyer)).toHaveLength(1);
    expect((await findMessage(db, chat.id, message.seq))?.isRedacted).toBe(true);
  });

  test("of who reported what was found fine can end in anything", async () => {
    const { id, chat, message } = await makeFlag(db);
    await makeReport(db, id, chat.seller);
    await decideFlag(db, await makeModerator(), id, withReason("fine"));
    const appeal = await makeAppeal(id, chat.seller);
    const second = await makeModerator();
    expect((await lookAtFlag(db, second, appeal))?.choices).toHaveLength(6);
    await decideFlag(db, second, appeal, withReason("warning", { alsoRedact: true }));
    expect(await sanctionsOf(chat.buyer)).toMatchObject([{ kind: "warning", flag_id: appeal }]);
    expect((await findMessage(db, chat.id, message.seq))?.isRedacted).toBe(true);
  });

  test("that is granted does not send again what its sender had taken back by then", async () => {
    const { id, chat, message } = await makeFlag(db);
    const at = { chatId: chat.id, seq: message.seq };
    await unsendMessage(db, chat.buyer, { ...at, windowMs: 600_000 });
    await decideFlag(db, await makeModerator(), id, withReason("redacted"));
    await say(db, chat.seller, chat.id, "Well");
    const appeal = await makeAppeal(id, chat.buyer);
    await decideFlag(db, await makeModerator(), appeal, withReason("fine"));
    const back = await findMessage(db, chat.id, message.seq);
    expect(back).toMatchObject({ body: null, isRedacted: false });
    expect(back?.deletedAt).not.toBeNull();
  });
});
