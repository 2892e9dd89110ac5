import { beforeAll, expect, test, vi } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { db, sql } from "~test/database";
import { makeUser } from "~test/factories";
import { makeFlag } from "~test/flags";
import { pagesOf, send, serveApp } from "~test/web";
import { flagPath } from "./paths";

/** It renders pages of the whole desk, on a machine that may be busy. */
vi.setConfig({ testTimeout: 60_000 });

let pages: Awaited<ReturnType<typeof pagesOf>>;
beforeAll(async () => {
  pages = await pagesOf({
    "routes/admin": { path: "admin", module: await import("~/routes/admin/layout") },
    "routes/flag": {
      parentId: "routes/admin",
      path: "flags/:flagId",
      module: await import("~/routes/admin/flag"),
    },
  });
});

/** What the page's scripts get is not what a person reads. */
const withoutScripts = (html: string) => html.replace(/<script[\s\S]*?<\/script>/g, "");

/** A flag, and moderators who look at it in a browser without scripts. */
async function atTheDesk(...names: string[]) {
  const flagged = await makeFlag(db);
  const { origin } = await serveApp({ pages });
  const path = flagPath(flagged.id);
  async function ask(viewer: Viewer, fields?: Record<string, string>) {
    const { token } = await createSession(db, viewer.id);
    const answer = await send(origin + path, {
      method: fields ? "POST" : "GET",
      headers: {
        Origin: origin,
        Accept: "text/html",
        Cookie: `session=${token}`,
        ...(fields && { "Content-Type": "application/x-www-form-urlencoded" }),
      },
      body: fields && new URLSearchParams(fields).toString(),
    });
    return { ...answer, html: withoutScripts(answer.body) };
  }
  const desks = [];
  for (const name of names) {
    const viewer = await makeUser(db, { role: "moderator", name });
    desks.push((fields?: Record<string, string>) => ask(viewer, fields));
  }
  return { ...flagged, path, desks };
}

/** Of the message, as its page marks them. */
const words = "silver spoon";

const decide = (statement: string, choice = "redacted") => {
  return { intent: "decide", choice, statement };
};

test("who decides second gets 409 with who was first, and keeps what he typed", async () => {
  const { id, path, desks } = await atTheDesk("Femke First", "Sanna Second");
  const [first, second] = desks;
  if (!first || !second) throw new Error("Nobody at the desk");
  expect((await first()).html).toContain(words);

  const looking = await second();
  expect(looking.status).toBe(200);
  expect(looking.html).toContain("Femke First is looking at it");
  expect(looking.html).not.toContain(words);

  const taken = await second(decide("I was about to"));
  expect(taken.status).toBe(409);
  expect(taken.html).toContain("Femke First is looking at this flag by now.");
  expect(taken.html).toContain("I was about to");
  expect(taken.html).not.toContain(words);

  const released = await second({ intent: "release" });
  expect(released.status).toBe(409);

  expect(await first(decide("No spoons"))).toMatchObject({
    status: 303,
    headers: { location: path },
  });
  const late = await second(decide("It is all right with me", "fine"));
  expect(late.status).toBe(409);
  expect(late.html).toContain("Femke First decided this flag in the meantime.");
  expect(late.html).toContain("It is all right with me");
  expect(late.html).toContain("No spoons");
  expect(late.html).not.toContain('name="choice"');

  // The same once more by who was first is no other decision.
  expect((await first(decide("No spoons"))).status).toBe(303);
  const decided = await sql`select from audit_log
    where action = 'flag.decided' and details::json ->> 'flagId' = ${id}`;
  expect(decided).toHaveLength(1);
});

test("of two who decide at the same moment one gets 409, whoever is first", async () => {
  const { id, desks } = await atTheDesk("One", "Two", "Three");
  const answers = await Promise.all(
    desks.map((desk, at) => desk(decide(`Because of ${at}`, at % 2 ? "fine" : "warning"))),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
  const [flag] = await sql`
    select u.name from flags f join users u on u.id = f.decided_by where f.id = ${id}`;
  for (const { status, html } of answers) {
    if (status === 409) expect(html).toContain(`${flag?.name} decided this flag in the meantime.`);
  }
});
