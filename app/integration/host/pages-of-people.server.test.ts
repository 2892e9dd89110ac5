import { expect, test } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import { deleteAccountPath, sanctionsPath } from "~/http/paths";
import { db, sql } from "~test/database";
import { makeHost, makeHostUser } from "~test/hosts";
import { readRouteTable } from "~test/route-table";
import { pagesOf, send, serveApp } from "~test/web";
import { changeUser } from "./save-user.server";

/** Pages as somebody of the host's reads them, and posts to them without scripts. */
async function visit(name: string, isSuspended = false) {
  const table = await readRouteTable();
  const wanted = ["routes/sanctions", "routes/delete-account"];
  const routes = Object.entries(table).filter(([id]) => wanted.includes(id));
  const { origin } = await serveApp({ pages: await pagesOf(Object.fromEntries(routes)) });
  const person = await makeHostUser(db, { name });
  if (isSuspended) await changeUser(db, await makeHost(db), person.id, { isSuspended });
  const headers = {
    Cookie: `session=${(await createSession(db, person.id)).token}`,
    Origin: origin,
    Accept: "text/html",
    "Content-Type": "application/x-www-form-urlencoded",
  };
  const read = (path: string) => send(origin + path, { headers });
  const post = (path: string, fields: Record<string, string>) =>
    send(origin + path, {
      ...{ method: "POST", headers },
      body: new URLSearchParams(fields).toString(),
    });
  return { person, read, post };
}

test("who is suspended by the host reads who did it, and is offered no appeal", async () => {
  const { read } = await visit("Mira K.", true);
  const { status, body } = await read(sanctionsPath);
  expect(status).toBe(200);
  expect(body).toContain("The marketplace has suspended this account.");
  const main = /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? body;
  expect(main).not.toMatch(/<textarea|Your account is (banned|suspended)/);
});

test("who has neither password nor address deletes his account by typing his name", async () => {
  const { person, read, post } = await visit("Mira K.");
  const { body } = await read(deleteAccountPath);
  expect(body).toContain("To confirm, type your name: Mira K.");
  const field = /<input[^>]*name="name"[^>]*>/.exec(body)?.[0];
  // Browsers refuse names in a field for addresses.
  expect(field).not.toContain('type="email"');
  expect(body).not.toMatch(/name="(email|password)"/);

  const wrong = await post(deleteAccountPath, { intent: "erase", name: "Somebody" });
  expect(wrong.status).toBe(422);
  expect(wrong.body).toContain("That is not the name of this account.");
  const right = await post(deleteAccountPath, { intent: "erase", name: "Mira K." });
  expect([right.status, right.headers.location]).toEqual([303, "/?account=deleted"]);
  const [row] = await sql`select erased_at from users where id = ${person.id}`;
  expect(row?.erased_at).not.toBeNull();
});
