import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog } from "~/db/schema";
import { db } from "~test/database";
import { makeSanction, makeUser } from "~test/factories";
import { makeInstance } from "~test/instances";
import {
  acknowledgeSanction,
  appealSanction,
  decideSanctionAppeal,
} from "./sanction-appeals.server";
import { sanctionHistory } from "./sanction-history.server";
import { liftSanction } from "./sanctions.server";

async function banned() {
  const [mo, other] = [
    await makeUser(db, { role: "moderator" }),
    await makeUser(db, { role: "moderator" }),
  ];
  const person = await makeUser(db);
  const { id } = await makeSanction(db, person, { kind: "ban", imposedBy: mo.id });
  const now = async () => (await sanctionHistory(db, person.id)).find((one) => one.id === id);
  return { mo, other, person, id, now };
}

const actionsOf = async ({ id }: { id: string }) =>
  (await db.select().from(auditLog).where(eq(auditLog.personId, id))).map(({ action }) => action);

test("a person appeals once, in his words", async () => {
  const { person, id, now } = await banned();
  const text = "It was my brother";
  expect(await appealSanction(db, person, { id, text })).toEqual({ appealed: true });
  expect(await now()).toMatchObject({ appeal: { text, decided: null }, isActive: true });
  // The button pressed twice is no second appeal; other words are.
  expect(await appealSanction(db, person, { id, text })).toEqual({ appealed: true });
  const refused = { refused: "appealed" };
  expect(await appealSanction(db, person, { id, text: "And my sister" })).toEqual(refused);
  expect(await actionsOf(person)).toEqual(["sanction.appealed"]);
});

test("nobody appeals for another, or reads for him", async () => {
  const { mo, id, now } = await banned();
  for (const stranger of [await makeUser(db), mo]) {
    expect(await appealSanction(db, stranger, { id, text: "Please" })).toBeNull();
    expect(await acknowledgeSanction(db, stranger, id)).toBeNull();
  }
  expect(await appealSanction(db, mo, { id: randomUUID(), text: "Please" })).toBeNull();
  expect(await now()).toMatchObject({ appeal: null, acknowledgedAt: null });
});

test("what was read was read the first time", async () => {
  const { person, id, now } = await banned();
  await acknowledgeSanction(db, person, id);
  const first = (await now())?.acknowledgedAt;
  expect(first).not.toBeNull();
  expect(await acknowledgeSanction(db, person, id)).toEqual({ acknowledged: true });
  expect((await now())?.acknowledgedAt).toBe(first);
});

test("another moderator decides: the sanction is lifted, or it stays", async () => {
  for (const isGranted of [true, false]) {
    const { mo, other, person, id, now } = await banned();
    await appealSanction(db, person, { id, text: "Please" });
    const answer = { id, answer: "We looked at it again", isGranted };
    expect(await decideSanctionAppeal(db, mo, answer)).toEqual({ refused: "notAllowed" });
    expect(await decideSanctionAppeal(db, person, answer)).toBeNull();
    expect(await decideSanctionAppeal(db, other, answer)).toMatchObject({ sanction: { id } });
    expect(await now()).toMatchObject({
      isActive: !isGranted,
      appeal: { decided: { by: { id: other.id }, answer: answer.answer } },
      lifted: isGranted ? { by: { id: other.id } } : null,
    });
    expect(await decideSanctionAppeal(db, other, answer)).toEqual({ refused: "decided" });
    expect(await actionsOf(person)).toEqual(["sanction.appealed", "sanction.appeal_decided"]);
  }
});

test("two who decide at once decide it once", async () => {
  const { other, person, id } = await banned();
  const third = await makeUser(db, { role: "admin" });
  await appealSanction(db, person, { id, text: "Please" });
  const outcomes = await Promise.all([
    decideSanctionAppeal(db, other, { id, answer: "Yes", isGranted: true }),
    decideSanctionAppeal(makeInstance(), third, { id, answer: "No", isGranted: false }),
  ]);
  expect(outcomes.filter((one) => one && "refused" in one)).toEqual([{ refused: "decided" }]);
});

test("without an appeal there is nothing to decide, nor when it was lifted meanwhile", async () => {
  const { mo, other, person, id } = await banned();
  const answer = { id, answer: "Yes", isGranted: true };
  expect(await decideSanctionAppeal(db, other, answer)).toEqual({ refused: "notAppealed" });
  await appealSanction(db, person, { id, text: "Please" });
  await liftSanction(db, mo, { id, reason: "By mistake" });
  expect(await decideSanctionAppeal(db, other, answer)).toEqual({ refused: "lifted" });
  const again = await banned();
  await liftSanction(db, again.mo, { id: again.id, reason: "By mistake" });
  const late = await appealSanction(db, again.person, { id: again.id, text: "Please" });
  expect(late).toEqual({ refused: "lifted" });
});
