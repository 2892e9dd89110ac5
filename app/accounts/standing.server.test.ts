import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { sanctions } from "~/db/schema";
import { db } from "~test/database";
import { makeSanction, makeUser } from "~test/factories";
import { createSession, endedSessions, findSession, findViewer } from "./sessions.server";

async function signedIn() {
  const user = await makeUser(db);
  const { token, id } = await createSession(db, user.id);
  const look = async () => ({
    standing: (await findSession(db, token))?.standing,
    isViewer: (await findViewer(db, token)) !== null,
    isEnded: (await endedSessions(db, [id])).length > 0,
  });
  return { user, look };
}

const free = { isViewer: true, isEnded: false };
const shut = { standing: "lockedOut", isViewer: false, isEnded: true };

test("who bears nothing is in good standing", async () => {
  const { look } = await signedIn();
  expect(await look()).toEqual({ standing: "good", ...free });
});

test("a warning shuts nobody out, and counts until it is acknowledged or lifted", async () => {
  const { user, look } = await signedIn();
  const { id } = await makeSanction(db, user, { kind: "warning" });
  expect(await look()).toEqual({ standing: "warned", ...free });
  const its = eq(sanctions.id, id);
  await db.update(sanctions).set({ acknowledgedAt: new Date() }).where(its);
  expect(await look()).toEqual({ standing: "good", ...free });
  const { id: other } = await makeSanction(db, user, { kind: "warning" });
  const lifted = { liftedBy: user.id, liftedAt: new Date(), liftReason: "By mistake" };
  await db.update(sanctions).set(lifted).where(eq(sanctions.id, other));
  expect(await look()).toEqual({ standing: "good", ...free });
});

test("who is suspended is signed in nowhere, until it ends by itself", async () => {
  const { user, look } = await signedIn();
  const { id } = await makeSanction(db, user, { kind: "suspension" });
  await makeSanction(db, user, { kind: "warning" });
  expect(await look()).toEqual(shut);
  const past = { endsAt: sql`now() - interval '1 second'` };
  await db.update(sanctions).set(past).where(eq(sanctions.id, id));
  expect(await look()).toEqual({ standing: "warned", ...free });
});

test("who is banned is signed in nowhere, until it is lifted", async () => {
  const { user, look } = await signedIn();
  const { id } = await makeSanction(db, user, { kind: "ban" });
  // Said to be read is not lifted.
  const its = eq(sanctions.id, id);
  await db.update(sanctions).set({ acknowledgedAt: new Date() }).where(its);
  expect(await look()).toEqual(shut);
  const lifted = { liftedBy: user.id, liftedAt: new Date(), liftReason: "Granted" };
  await db.update(sanctions).set(lifted).where(its);
  expect(await look()).toEqual({ standing: "good", ...free });
});
