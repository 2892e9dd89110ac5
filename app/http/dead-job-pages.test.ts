import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import { addJob } from "~/jobs/add-job.server";
import { listDead } from "~/jobs/dead-jobs.server";
import { registry } from "~/operations/metrics.server";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { pagesOf, send, serveApp } from "~test/web";

/** There is no first process of a start to gather them. */
vi.mock("~/operations/all-metrics.server", () => ({ readAllMetrics: () => registry.metrics() }));

async function serve() {
  const module = await import("~/routes/admin/live");
  return serveApp({
    pages: await pagesOf({ "routes/admin/live": { path: "admin/live", module } }),
  });
}

/** As browsers do that run no scripts. */
async function headersOf(role: "admin" | "moderator", origin: string) {
  const { id } = await makeUser(db, { role });
  const { token } = await createSession(db, id);
  const form = "application/x-www-form-urlencoded";
  return { Cookie: `session=${token}`, Origin: origin, "Content-Type": form };
}

test("an admin sees on the live page which jobs were given up, and why, and has one tried again", async () => {
  const { id: userId } = await makeUser(db);
  await addJob(db, "mail-digest", { userId });
  await db.execute(sql`
    update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'Error: No <mail> server'
    where payload ->> 'userId' = ${userId}`);
  const [job] = await listDead(db);
  const { origin } = await serve();
  const url = `${origin}/admin/live`;
  const headers = await headersOf("admin", origin);
  const { status, body: page } = await send(url, { headers });
  expect(status).toBe(200);
  expect(page).toContain("mail-digest");
  expect(page).toContain("Error: No &lt;mail&gt; server");
  const body = `intent=retry&job=${job?.id}`;
  const others = await headersOf("moderator", origin);
  expect((await send(url, { method: "POST", headers: others, body })).status).toBe(404);
  expect((await send(url, { headers: others })).status).toBe(404);
  const isListed = async () => (await listDead(db)).some(({ id }) => id === job?.id);
  expect(await isListed()).toBe(true);
  expect((await send(url, { method: "POST", headers, body })).status).toBe(303);
  expect(await isListed()).toBe(false);
  expect((await send(url, { method: "POST", headers, body })).status).toBe(404);
});
