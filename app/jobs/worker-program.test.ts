import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { users } from "~/db/schema";
import { raiseNotifications } from "~/notifications/raise.server";
import { startBuiltServer, startBuiltWorker } from "~test/built-server";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { startMailServer } from "~test/mail-server";

const patience = { timeout: 200_000, interval: 100 };

test("with JOBS=apart jobs are left to npm run worker, which does them and stops within 10 s", {
  timeout: 600_000,
}, async () => {
  const mailServer = await startMailServer();
  const variables = { SMTP_URL: mailServer.url, MAIL_FROM: "chat@market.example", JOBS: "apart" };
  const server = await startBuiltServer({ ...variables, WEB_PROCESSES: "1" });
  const person = await makeUser(db);
  const [stored] = await db.select().from(users).where(eq(users.id, person.id));
  const data = { what: "newDevice", browser: null, system: null } as const;
  const news = { userId: person.id, kind: "sign_in", subjectId: person.id, data } as const;
  await raiseNotifications(db, [news]);

  const worker = await startBuiltWorker(variables);
  await vi.waitUntil(() => mailServer.mails.length > 0, patience);
  expect(mailServer.mails.map(({ to }) => to?.[0]?.address)).toEqual([stored?.email]);
  expect(server.said("jobs are done here")).toEqual([]);

  const { code, ms } = await worker.stop();
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
});
