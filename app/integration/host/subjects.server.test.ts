import { randomUUID } from "node:crypto";
import { asc, eq, sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { auditLog, subjects, users } from "~/db/schema";
import { listingPath } from "~/http/paths";
import { environment } from "~/operations/environment.server";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { makeHost, makeHostUser } from "~test/hosts";
import { makeInstance } from "~test/instances";
import { findSubject } from "./find-subject.server";
import { saveSubject } from "./save-subject.server";
import { subjectInput, subjectReference } from "./subject";

const host = await makeHost(db);
const price = { amount: 12_000, currency: "EUR" };

const save = (reference: string, input: object) =>
  saveSubject(db, host, reference, subjectInput.parse({ title: "A bicycle", price, ...input }));

const rowOf = async (reference: string) => {
  const [row] = await db
    .select({ xmin: sql<string>`subjects.xmin::text`, id: subjects.id })
    .from(subjects)
    .where(eq(subjects.reference, reference));
  return row;
};

const entriesOf = async (reference: string) => {
  const { id } = (await rowOf(reference)) ?? { id: "" };
  const entries = await db.select().from(auditLog).orderBy(asc(auditLog.seq));
  return entries.flatMap(({ action, actorRole, details: text }) => {
    const { subjectId, ...details } = JSON.parse(text);
    return subjectId === id ? [{ action, actorRole, details }] : [];
  });
};

test("a subject is made, found and changed; what is left out stays", async () => {
  const seller = await makeHostUser(db);
  const reference = `order ${randomUUID()}/ä?#%`;
  const made = await save(reference, {
    ...{ sellerExternalId: seller.externalId, description: "Little used", stage: "paid" },
    picture: "/listings/bicycle.svg",
  });
  const subject = {
    ...{ reference, sellerId: seller.id, sellerExternalId: seller.externalId, price },
    ...{ title: "A bicycle", description: "Little used", stage: "paid" },
    picture: "/listings/bicycle.svg",
  };
  expect(made).toMatchObject({ created: true, subject });
  expect(await findSubject(db, host, reference)).toEqual("subject" in made && made.subject);
  const other = { title: "A red bicycle", price: { amount: 900, currency: "JPY" }, picture: null };
  expect(await save(reference, other)).toMatchObject({
    created: false,
    subject: { ...subject, ...other },
  });
  const key = { id: host.keyId, name: "The shop" };
  expect(await entriesOf(reference)).toEqual([
    { action: "subject.created", actorRole: "host", details: { key } },
    {
      action: "subject.changed",
      actorRole: "host",
      details: { key, fields: "picture,priceAmount,priceCurrency,title" },
    },
  ]);
});

test("saying the same again writes nothing", async () => {
  const { id: sellerId } = await makeHostUser(db);
  const reference = randomUUID();
  const input = { sellerId, description: "Little used", stage: "paid" };
  const made = await save(reference, input);
  const before = await rowOf(reference);
  expect(await save(reference, input)).toEqual({ ...made, created: false });
  expect(await save(reference, {})).toEqual({ ...made, created: false });
  expect(await rowOf(reference)).toEqual(before);
  expect(await entriesOf(reference)).toHaveLength(1);
});

test("twenty who say it at once on two instances make one subject", async () => {
  const { id: sellerId } = await makeHostUser(db);
  const reference = randomUUID();
  const other = makeInstance();
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      saveSubject(at % 2 ? db : other, host, reference, { sellerId, title: `Title ${at}`, price }),
    ),
  );
  expect(all.filter((one) => "created" in one && one.created)).toHaveLength(1);
  expect(all.filter((one) => "refused" in one)).toEqual([]);
  expect(await db.select().from(subjects).where(eq(subjects.reference, reference))).toHaveLength(1);
});

describe("the seller", () => {
  const refused = (reason: string) => ({ refused: reason });

  test("has to be named once, and be one of the host's people", async () => {
    const reference = randomUUID();
    expect(await save(reference, {})).toEqual(refused("sellerMissing"));
    const { id: joined } = await makeUser(db);
    const staff = await makeUser(db, { externalId: randomUUID(), role: "moderator" });
    const gone = await makeHostUser(db);
    await db.update(users).set({ erasedAt: new Date() }).where(eq(users.id, gone.id));
    for (const sellerId of [randomUUID(), joined, staff.id, gone.id]) {
      expect(await save(reference, { sellerId })).toEqual(refused("sellerUnknown"));
    }
    const input = { sellerExternalId: "nobody is called so" };
    expect(await save(reference, input)).toEqual(refused("sellerUnknown"));
    expect(await findSubject(db, host, reference)).toBeNull();
    const { id: sellerId } = await makeHostUser(db);
    const { externalId: sellerExternalId } = await makeHostUser(db);
    const both = { sellerId, sellerExternalId };
    expect(await save(reference, both)).toEqual(refused("sellerUnknown"));
  });

  test("never changes, because chats have him in them", async () => {
    const [seller, other] = [await makeHostUser(db), await makeHostUser(db)];
    const reference = randomUUID();
    await save(reference, { sellerId: seller.id });
    const before = await rowOf(reference);
    for (const input of [
      { sellerId: other.id },
      { sellerExternalId: other.externalId },
      { sellerId: randomUUID() },
    ]) {
      const saved = await save(reference, { ...input, stage: "paid" });
      expect(saved).toEqual(refused("sellerCannotChange"));
    }
    expect(await rowOf(reference)).toEqual(before);
    const again = { sellerExternalId: seller.externalId, stage: "paid" };
    expect(await save(reference, again)).toMatchObject({ subject: { stage: "paid" } });
  });

  test("may be gone: the order goes on", async () => {
    const seller = await makeHostUser(db);
    const reference = randomUUID();
    await save(reference, { sellerId: seller.id });
    await db
      .update(users)
      .set({ externalId: null, email: `${randomUUID()}@test.example`, erasedAt: new Date() })
      .where(eq(users.id, seller.id));
    const saved = await save(reference, { stage: "cancelled" });
    expect(saved).toMatchObject({ subject: { stage: "cancelled", sellerExternalId: null } });
  });
});

test("a picture is our own or from an origin that the operator lists", async () => {
  const before = environment().subjectPictureOrigins;
  environment().subjectPictureOrigins = ["https://pictures.market.example"];
  onTestFinished(() => {
    environment().subjectPictureOrigins = before;
  });
  const { id: sellerId } = await makeHostUser(db);
  const reference = randomUUID();
  for (const picture of ["https://elsewhere.example/a.jpg", "javascript:alert(1)"]) {
    expect(await save(reference, { sellerId, picture })).toEqual({ refused: "pictureNotAllowed" });
  }
  const picture = "https://pictures.market.example/a.jpg?w=200";
  expect(await save(reference, { sellerId, picture })).toMatchObject({ subject: { picture } });
});

describe("what cannot be said", () => {
  const right = { sellerId: randomUUID(), title: "A bicycle", price };
  test.each<[string, object]>([
    ["no title", { price }],
    ["a title of spaces", { ...right, title: "  " }],
    ["a title on two lines", { ...right, title: "A\nbicycle" }],
    ["a long title", { ...right, title: "x".repeat(201) }],
    ["a long description", { ...right, description: "x".repeat(10_001) }],
    ["NUL in the description", { ...right, description: "a\0b" }],
    ["no price", { title: "A bicycle" }],
    ["a price below zero", { ...right, price: { amount: -1, currency: "EUR" } }],
    ["half a cent", { ...right, price: { amount: 0.5, currency: "EUR" } }],
    ["more than a number holds", { ...right, price: { amount: 2 ** 53, currency: "EUR" } }],
    ["a currency that is none", { ...right, price: { amount: 1, currency: "EURO" } }],
    ["an unknown currency", { ...right, price: { amount: 1, currency: "QQQ" } }],
    ["an unknown stage", { ...right, stage: "lost" }],
    ["a seller who is no id", { ...right, sellerId: "somebody" }],
  ])("%s", (_, input) => {
    expect(subjectInput.safeParse(input).success).toBe(false);
  });

  test.each(["", ".", "..", "x".repeat(201), "a\0b", "a\nb", "a\ud800"])(
    "the reference %j",
    (reference) => {
      expect(subjectReference.safeParse(reference).success).toBe(false);
    },
  );

  test.each(["order-1", "a/b", "...", "ü 漢 👍", "%2e", "?q=#", "x".repeat(200)])(
    "but the reference %j, which comes back from its address",
    (reference) => {
      expect(subjectReference.parse(reference)).toBe(reference);
      const { pathname } = new URL(listingPath(reference), "https://chat.example.com");
      expect(decodeURIComponent(pathname.split("/")[2] ?? "")).toBe(reference);
    },
  );
});
