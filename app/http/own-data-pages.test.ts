import { beforeAll, expect, test } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import { db } from "~test/database";
import { makeSanction, makeUser } from "~test/factories";
import { runJobs } from "~test/jobs";
import { pagesOf, send, serveApp } from "~test/web";

let pages: Awaited<ReturnType<typeof pagesOf>>;
beforeAll(async () => {
  pages = await pagesOf({
    "routes/settings": { path: "settings", module: await import("~/routes/settings") },
    "routes/own-data": { path: "settings/data", module: await import("~/routes/own-data") },
    "routes/own-data-file": {
      path: "settings/data/:id",
      module: await import("~/routes/own-data-file"),
    },
  });
});

/** Somebody at his data, in a browser that runs no scripts. */
async function visit() {
  const { id } = await makeUser(db);
  const { token } = await createSession(db, id);
  const { origin } = await serveApp({ pages });
  const headers = { Cookie: `session=${token}`, Origin: origin };
  const get = (path: string) => send(origin + path, { headers });
  const ask = () =>
    send(`${origin}/settings/data`, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
      body: "intent=export",
    });
  return { id, get, ask };
}

const linkIn = (page: string) => page.match(/href="(\/settings\/data\/[\w-]{36})"/)?.[1] ?? "";

test("somebody asks at his settings, sees that it is made, and downloads it, without scripts", async () => {
  const { get, ask } = await visit();
  expect((await get("/settings")).body).toContain("Download my data");
  const asked = await ask();
  expect([asked.status, asked.headers.location]).toEqual([303, "/settings/data#data"]);
  const waiting = (await get("/settings/data")).body;
  expect(waiting).toContain("Is it ready?");
  expect(linkIn(waiting)).toBe("");
  await runJobs(db, { only: ["personal-export"] });

  const link = linkIn((await get("/settings")).body);
  const { status, headers, body } = await get(link);
  expect(status).toBe(200);
  expect(body.startsWith("PK")).toBe(true);
  expect(headers).toMatchObject({
    "content-type": "application/zip",
    "cache-control": "private, no-store",
    "content-disposition": expect.stringMatching(
      /^attachment; filename="parley-data-[\d-]{10}\.zip"$/,
    ),
  });
  expect((await (await visit()).get(link)).status).toBe(404);
});

test("who is banned gets what is his all the same", async () => {
  const { id, get, ask } = await visit();
  await makeSanction(db, { id }, { kind: "ban" });
  expect((await get("/settings/data")).status).toBe(200);
  expect((await ask()).status).toBe(303);
  await runJobs(db, { only: ["personal-export"] });
  expect((await get(linkIn((await get("/settings/data")).body))).status).toBe(200);
});

test("who asked too often is told when to come again", async () => {
  const { get, ask } = await visit();
  for (let time = 0; time < 3; time += 1) {
    expect((await ask()).status).toBe(303);
    await runJobs(db, { only: ["personal-export"] });
  }
  const { status, headers, body } = await ask();
  expect(status).toBe(429);
  const wait = Number(headers["retry-after"]);
  expect(wait).toBeGreaterThan(23 * 3600);
  expect(wait).toBeLessThanOrEqual(24 * 3600);
  expect(body).toContain("as often as you can in a day");
  expect(linkIn((await get("/settings/data")).body)).not.toBe("");
});
