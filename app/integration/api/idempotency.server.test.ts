import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db, sql } from "~test/database";
import { answerOnce } from "./idempotency.server";

const stored = (body: string) => ({ status: 201, headers: {}, body });

test("who was taken for dead and was only slow takes nothing from who answered instead", async () => {
  const call = { caller: randomUUID(), key: "slow", fingerprint: "the same" };
  const slow = Promise.withResolvers<ReturnType<typeof stored>>();
  const begun = Promise.withResolvers<void>();
  const first = answerOnce(db, call, () => {
    begun.resolve();
    return slow.promise;
  });
  await begun.promise;
  await sql`update idempotent_answers set created_at = now() - interval '61 seconds'
    where caller = ${call.caller}`;
  const second = await answerOnce(db, call, async () => stored("second"));
  expect(second).toEqual({ ...stored("second"), isRepeat: false });
  slow.reject(new Error("Too late"));
  await expect(first).rejects.toThrow("Too late");
  const third = await answerOnce(db, call, async () => stored("third"));
  expect(third).toEqual({ ...stored("second"), isRepeat: true });
});
