import { createHash, randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { sessions } from "~/db/schema";
import { environment } from "~/operations/environment.server";
import { sql as connection, db } from "../../test/database";
import { makeUser } from "../../test/factories";
import { createSession, endSession, findViewer } from "./sessions.server";

const rowOf = async (id: string) =>
  (await db.select().from(sessions).where(eq(sessions.id, id)))[0];
const expire = (id: string, at: string) =>
  db
    .update(sessions)
    .set({ expiresAt: sql.raw(`now() + interval '${at}'`) })
    .where(eq(sessions.id, id));
const daysLeft = async (id: string) =>
  ((await rowOf(id))?.expiresAt.getTime() ?? 0) / 86_400_000 - Date.now() / 86_400_000;

test("a session finds its user, with its own id", async () => {
  const user = await makeUser(db);
  const { token, id } = await createSession(db, user.id);
  expect(await findViewer(db, token)).toEqual({
    id: user.id,
    name: user.name,
    role: user.role,
    sessionId: id,
  });
});

test("the table does not hold what the cookie holds", async () => {
  const { token, id } = await createSession(db, (await makeUser(db)).id);
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
  expect(JSON.stringify(await rowOf(id))).not.toContain(token);
  expect(await findViewer(db, id)).toBeNull();
});

test("who can write to the table but does not know the secret makes no session", async () => {
  const user = await makeUser(db);
  const token = randomBytes(32).toString("base64url");
  const id = createHash("sha256").update(token).digest("hex");
  await db
    .insert(sessions)
    .values({ id, userId: user.id, expiresAt: sql`now() + interval '1 day'` });
  expect(await findViewer(db, token)).toBeNull();
});

test("another secret signs everybody out", async () => {
  const user = await makeUser(db);
  const { token } = await createSession(db, user.id);
  const { sessionSecret } = environment();
  onTestFinished(() => void Object.assign(environment(), { sessionSecret }));
  Object.assign(environment(), { sessionSecret: "another secret of at least 32 characters" });
  expect(await findViewer(db, token)).toBeNull();
  Object.assign(environment(), { sessionSecret });
  expect((await findViewer(db, token))?.id).toBe(user.id);
});

test.each([null, "", "x", "a".repeat(43), "a".repeat(10_000), "'; drop table sessions; --"])(
  "%j finds nobody",
  async (token) => {
    expect(await findViewer(db, token)).toBeNull();
  },
);

test("an ended session finds nobody, and every instance hears of it", async () => {
  const { token, id } = await createSession(db, (await makeUser(db)).id);
  const heard = Promise.withResolvers<string>();
  const listening = await connection.listen("parley", (payload) => {
    if (payload.includes(id)) heard.resolve(payload);
  });
  await endSession(db, id);
  expect(await findViewer(db, token)).toBeNull();
  expect(JSON.parse(await heard.promise)).toEqual([{ kind: "session-ended", sessionId: id }]);
  await listening.unlisten();
});

test("an expired session finds nobody, and goes at another sign-in", async () => {
  const user = await makeUser(db);
  const { token, id } = await createSession(db, user.id);
  await expire(id, "-1 second");
  expect(await findViewer(db, token)).toBeNull();
  await createSession(db, user.id);
  expect(await rowOf(id)).toBeUndefined();
});

test("a session lasts 30 days from its last use, and is written at most once a day", async () => {
  const { token, id } = await createSession(db, (await makeUser(db)).id);
  expect(await daysLeft(id)).toBeCloseTo(30, 2);

  await expire(id, "29 days 1 hour");
  await findViewer(db, token);
  expect(await daysLeft(id)).toBeCloseTo(29 + 1 / 24, 2);

  await expire(id, "3 days");
  await findViewer(db, token);
  expect(await daysLeft(id)).toBeCloseTo(30, 2);
});

test("a signed-in user keeps his session when another one of his ends", async () => {
  const user = await makeUser(db);
  const [phone, desk] = [await createSession(db, user.id), await createSession(db, user.id)];
  await endSession(db, phone.id);
  expect((await findViewer(db, desk.token))?.id).toBe(user.id);
});
