import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~test/database";
import { audit } from "./audit.server";
import { auditAsJsonLines } from "./audit-export.server";
import { verifyAuditFile } from "./audit-file.server";
import { readAuditHead } from "./audit-records.server";
import { verifyAuditLog } from "./audit-verify.server";

const chatId = randomUUID();

beforeAll(async () => {
  for (let at = 0; at < 3; at += 1) {
    const actor = { id: randomUUID(), role: "moderator" } as const;
    const disputeId = randomUUID();
    const details = { reason: `Reason ${at} with ä, \u2028 and 🚲` };
    await audit(db, actor, { action: "chat.viewed", chatId, disputeId, details });
    await audit(db, "system", { action: "sanction.lifted", personId: randomUUID() });
  }
});

/** What somebody with the rights of the database's owner does to the log, and what is found. */
async function tamper(way: string) {
  class Undo extends Error {}
  let problems: string[] = [];
  const done = db.transaction(async (tx) => {
    for (const table of ["audit_log", "audit_head"]) {
      await tx.execute(`alter table ${table} disable trigger user`);
    }
    await tx.execute(way);
    problems = (await verifyAuditLog(tx as typeof db)).faults.map(({ problem }) => problem);
    throw new Undo();
  });
  await done.catch((error) => {
    if (!(error instanceof Undo)) throw error;
  });
  return problems;
}

/** The hash of an entry, computed again by whoever changed it. */
const rehash = "update audit_log a set hash = audit_hash(a)";

describe("the log in the database shows", () => {
  test.each<[string, string, string]>([
    [
      "a time",
      "update audit_log set at = at + interval '1 ms' where seq = 3",
      "entry 3 was changed",
    ],
    ["a person", "update audit_log set actor_id = null where seq = 3", "entry 3 was changed"],
    ["a role", "update audit_log set actor_role = 'user' where seq = 3", "entry 3 was changed"],
    ["an action", "update audit_log set action = 'chat.left' where seq = 3", "entry 3 was changed"],
    ["a chat", "update audit_log set chat_id = dispute_id where seq = 3", "entry 3 was changed"],
    ["a case", "update audit_log set dispute_id = null where seq = 3", "entry 3 was changed"],
    ["whom it concerns", "update audit_log set person_id = chat_id where seq = 3", "entry 3 was"],
    [
      "a byte",
      "update audit_log set details = details || ' ' where seq = 3",
      "entry 3 was changed",
    ],
    ["a hash", "update audit_log set hash = repeat('0', 64) where seq = 3", "entry 3 was changed"],
    [
      "the hash before",
      "update audit_log set previous_hash = repeat('0', 64) where seq = 3",
      "entry 3 was changed",
    ],
    ["a removed entry", "delete from audit_log where seq = 3", "entry 3 was removed"],
    ["the first removed", "delete from audit_log where seq = 1", "entry 1 was removed"],
    ["the last removed", "delete from audit_log where seq = 6", "entry 6 was removed"],
    ["many removed", "delete from audit_log where seq > 4", "entries 5 to 6 were removed"],
    ["all removed", "truncate audit_log", "entries 1 to 6 were removed"],
    [
      "an entry put in at the end",
      "insert into audit_log select 7, at, actor_id, actor_role, action, chat_id, dispute_id, person_id, details, hash, hash from audit_log where seq = 6",
      "entries after 6 were put in",
    ],
    [
      "an entry put in before the first",
      "insert into audit_log select 0, at, actor_id, actor_role, action, chat_id, dispute_id, person_id, details, previous_hash, hash from audit_log where seq = 1",
      "entry 0 was put in",
    ],
    [
      "the last removed, and its end set back",
      "delete from audit_log where seq = 6; update audit_head set seq = 5",
      "not the one that was written last",
    ],
  ])("%s", async (_, way, problem) => {
    const problems = await tamper(`do $$ begin ${way}; end $$`);
    expect(problems.join(", ")).toContain(problem);
  });

  test("a change whose hash was computed again: what follows does not fit", async () => {
    const problems = await tamper(
      `do $$ begin update audit_log set details = '{}' where seq = 3; ${rehash} where seq = 3; end $$`,
    );
    expect(problems).toEqual([
      "entry 3 or entry 4 was changed or put in: one does not follow the other",
    ]);
  });

  test("a last entry whose hash was computed again: it is not the end that is noted", async () => {
    const problems = await tamper(
      `do $$ begin update audit_log set action = 'chat.left' where seq = 6; ${rehash} where seq = 6; end $$`,
    );
    expect(problems).toEqual(["entry 6, the last one, is not the one that was written last"]);
  });

  test("a log that was written anew from its beginning, to who noted its head", async () => {
    const noted = await readAuditHead(db);
    class Undo extends Error {}
    const done = db.transaction(async (tx) => {
      await tx.execute("alter table audit_log disable trigger audit_log_stays");
      await tx.execute("alter table audit_head disable trigger user");
      await tx.execute(`do $$ begin
        create temp table old on commit drop as select * from audit_log order by seq;
        update old set details = '{}' where seq = 3;
        delete from audit_log;
        update audit_head set seq = 0, hash = repeat('0', 64);
        insert into audit_log select * from old order by seq;
      end $$`);
      expect((await verifyAuditLog(tx as typeof db)).faults).toEqual([]);
      expect((await verifyAuditLog(tx as typeof db, [noted])).faults).toEqual([
        { seq: noted.seq, problem: `entry ${noted.seq} was exchanged` },
      ]);
      throw new Undo();
    });
    await expect(done).rejects.toThrow(Undo);
  });
});

async function exported(filter = {}) {
  const asked = { filter, timeZone: "UTC", head: await readAuditHead(db), now: new Date() };
  let text = "";
  for await (const part of auditAsJsonLines(db, asked)) text += part;
  return text;
}

const check = (text: string) =>
  verifyAuditFile(text.split(/(?<=\n)/)).then(
    ({ faults }) => faults.map(({ problem }) => problem),
    (error: Error) => [error.message],
  );

describe("an exported file shows", () => {
  test("nothing when it is as it was written, whole or filtered", async () => {
    expect(await check(await exported())).toEqual([]);
    expect(await check(await exported({ chatId }))).toEqual([]);
    expect(await check(await exported({ chatId: randomUUID() }))).toEqual([]);
  });

  test.each([{}, { action: "chat.viewed" }])(
    "one changed byte, wherever it is (%j)",
    async (filter) => {
      const bytes = Buffer.from(await exported(filter));
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes);
        changed[at] = (bytes[at] ?? 0) ^ 1;
        const problems = await check(changed.toString());
        if (problems.length === 0) expect.fail(`byte ${at} of ${bytes.length} may change`);
      }
    },
  );

  test("a line that was removed, doubled, moved or put in, wherever it is", async () => {
    const lines = (await exported()).split(/(?<=\n)/);
    const found: string[][] = [];
    for (let at = 0; at < lines.length; at += 1) {
      const line = lines[at] ?? "";
      found.push(await check(lines.toSpliced(at, 1).join("")));
      found.push(await check(lines.toSpliced(at, 0, line).join("")));
      if (at)
        found.push(
          await check(
            lines
              .toSpliced(at, 1)
              .toSpliced(at - 1, 0, line)
              .join(""),
          ),
        );
    }
    expect(found.filter((problems) => problems.length === 0)).toEqual([]);
  });

  test("the first entry that is not as it was written", async () => {
    const lines = (await exported()).split(/(?<=\n)/);
    const changed = lines.with(5, (lines[5] ?? "").replace("Reason", "Raisin"));
    expect((await check(changed.join("")))[0]).toBe("entry 5 was changed");
    expect((await check(lines.toSpliced(5, 1).join("")))[0]).toBe("entry 5 was removed");
  });

  test("that it is another file, or half of one", async () => {
    const whole = await exported();
    for (const text of ["", "\n", "{}\n", "seq,at\n", whole.slice(0, 500), whole.trim()]) {
      expect(await check(text)).toEqual([expect.stringMatching(/^line \d+: /)]);
    }
  });
});
