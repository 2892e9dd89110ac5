import { eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { deliveries, pushSubscriptions, users } from "~/db/schema";
import { raiseNotifications } from "~/notifications/raise.server";
import { startBuiltServer } from "~test/built-server";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { startMailServer } from "~test/mail-server";
import { startPushService } from "~test/push-service";

const patience = { timeout: 200_000, interval: 100 };

/** Tells somebody of a sign-in, which is pushed and mailed. */
const tell = ({ id: userId }: Viewer) =>
  raiseNotifications(db, [
    {
      userId,
      kind: "sign_in",
      subjectId: userId,
      data: { what: "newDevice", browser: null, system: null },
    },
  ]);

async function attemptsAt(userId: string): Promise<number[]> {
  const rows = await db.execute<{ attempts: number }>(sql`
    select j.attempts::int from graphile_worker._private_jobs j
    join notifications n on n.id::text = j.payload ->> 'notificationId'
    where n.user_id = ${userId} order by j.id`);
  return rows.map(({ attempts }) => attempts);
}

test("jobs of a killed process run again within a minute, and nobody gets a second mail or push", {
  timeout: 900_000,
}, async () => {
  const [mailServer, pushService] = [await startMailServer(), await startPushService()];
  const server = await startBuiltServer({
    WEB_PROCESSES: "1",
    SMTP_URL: mailServer.url,
    MAIL_FROM: "chat@market.example",
    PUSH_SERVICES: pushService.origin,
  });
  const [taken, waiting] = [await makeUser(db), await makeUser(db)];
  const addressOf = async ({ id }: Viewer) =>
    (await db.select().from(users).where(eq(users.id, id)))[0]?.email;
  const [takenAddress, waitingAddress] = [await addressOf(taken), await addressOf(waiting)];
  await db.insert(pushSubscriptions).values({
    userId: taken.id,
    sessionId: taken.sessionId,
    ...pushService.newBrowser(),
  });
  const mailsTo = (address: string | null | undefined) =>
    mailServer.mails.filter(({ to }) => to?.some((one) => one.address === address)).length;

  // One mail and one push are taken and never answered; another mail does not come that far.
  mailServer.toMessage = () => "silence";
  pushService.isSilent = true;
  let isWaiting = false;
  mailServer.toRecipient = (address) => {
    if (address !== waitingAddress) return null;
    isWaiting = true;
    return "silence";
  };
  await tell(taken);
  await tell(waiting);
  const isHeld = () => mailsTo(takenAddress) === 1 && pushService.taken.length === 1 && isWaiting;
  await vi.waitUntil(isHeld, patience);

  const [worker] = server.said("jobs are done here");
  process.kill(Number(worker?.pid), "SIGKILL");
  const killedAt = performance.now();
  mailServer.toMessage = () => null;
  mailServer.toRecipient = () => null;
  pushService.isSilent = false;

  await vi.waitUntil(() => mailsTo(waitingAddress) === 1, patience);
  const ranAgain = async () => (await attemptsAt(taken.id)).every((attempts) => attempts >= 2);
  await vi.waitUntil(ranAgain, patience);
  expect(performance.now() - killedAt).toBeLessThan(60_000);

  // Long enough after, nobody waits for an answer any more, and nothing is left to do.
  await db.update(deliveries).set({ at: sql`now() - interval '3 minutes'` });
  await db.execute(sql`update graphile_worker._private_jobs set run_at = now()`);
  await vi.waitUntil(async () => (await attemptsAt(taken.id)).length === 0, patience);
  await vi.waitUntil(async () => (await attemptsAt(waiting.id)).length === 0, patience);
  expect(mailsTo(takenAddress)).toBe(1);
  expect(mailsTo(waitingAddress)).toBe(1);
  expect(pushService.taken).toHaveLength(1);
});
