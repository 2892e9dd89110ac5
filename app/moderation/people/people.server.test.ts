import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db, sql } from "~test/database";
import { makeSanction, makeUser } from "~test/factories";
import { listPeople } from "./people.server";
import type { PeopleSort } from "./person";

/** A word that stands in the names of one test's people alone. */
const mark = () => `w${randomUUID().slice(0, 8)}`;

async function named(word: string, ...names: string[]) {
  const people = [];
  for (const name of names) people.push(await makeUser(db, { name: `${name} ${word}` }));
  return people;
}

const find = async (q: string, more: Partial<Parameters<typeof listPeople>[1]> = {}) =>
  listPeople(db, { filter: "all", sort: "newest", size: 30, q, ...more });
const namesOf = ({ people }: Awaited<ReturnType<typeof listPeople>>) =>
  people.map(({ name }) => name.split(" ")[0]);

test("people are found by part of a name, by e-mail address and by id", async () => {
  const word = mark();
  const [ada, bo] = await named(word, "Ada", "Bo");
  expect(namesOf(await find(word.toUpperCase()))).toEqual(["Bo", "Ada"]);
  expect(namesOf(await find(ada?.id ?? ""))).toEqual(["Ada"]);
  const [row] = await sql`select email from users where id = ${bo?.id ?? ""}`;
  expect(namesOf(await find(row?.email.slice(0, 20)))).toEqual(["Bo"]);
  expect(namesOf(await find(`${word}%`))).toEqual([]);
  expect(namesOf(await find("\\"))).toEqual([]);
});

test.each([
  ["newest", ["Cy", "Bo", "ada"]],
  ["oldest", ["ada", "Bo", "Cy"]],
  ["name", ["ada", "Bo", "Cy"]],
] as [PeopleSort, string[]][])("sorted by %s, page after page has each once", async (sort, all) => {
  const word = mark();
  await named(word, "ada", "Bo", "Cy");
  const seen: (string | undefined)[] = [];
  let after: string | undefined;
  do {
    const page = await find(word, { sort, after, size: 1 });
    seen.push(...namesOf(page));
    after = page.next ?? undefined;
  } while (after);
  expect(seen).toEqual(all);
});

test("a place that no list gave out starts over", async () => {
  const word = mark();
  await named(word, "Ada");
  for (const after of ["", "x", randomUUID(), "2024-01-01T00:00:00.000Z_1"]) {
    expect(namesOf(await find(word, { after }))).toEqual(["Ada"]);
  }
});

test("a person who is renamed between two pages does not move the others", async () => {
  const word = mark();
  const [ada] = await named(word, "Ada", "Bo", "Cy");
  const first = await find(word, { sort: "oldest", size: 1 });
  await sql`update users set name = ${`Zoe ${word}`} where id = ${ada?.id ?? ""}`;
  const rest = await find(word, { sort: "oldest", after: first.next ?? undefined });
  expect(namesOf(rest)).toEqual(["Bo", "Cy"]);
});

test("filters show who is locked out, whose appeal waits, and staff", async () => {
  const word = mark();
  const [banned, freed, appealing] = await named(word, "Banned", "Freed", "Appealing", "Plain");
  if (!banned || !freed || !appealing) throw new Error("Four were asked for");
  await makeUser(db, { name: `Mo ${word}`, role: "moderator" });
  await makeSanction(db, banned, { kind: "ban" });
  const past = new Date(Date.now() - 1_000);
  await makeSanction(db, freed, { kind: "suspension", endsAt: past });
  const appeal = { appeal: "Please", appealedAt: new Date() };
  await makeSanction(db, appealing, { kind: "warning", ...appeal });
  const lifted = { liftedBy: freed.id, liftedAt: new Date(), liftReason: "By mistake" };
  await makeSanction(db, freed, { kind: "ban", ...appeal, ...lifted });
  expect(namesOf(await find(word, { filter: "sanctioned" }))).toEqual(["Banned"]);
  expect(namesOf(await find(word, { filter: "appeals" }))).toEqual(["Appealing"]);
  expect(namesOf(await find(word, { filter: "staff" }))).toEqual(["Mo"]);
  const { people } = await find(word, { sort: "name" });
  expect(
    people.map(({ name, standing, sanctions, hasAppeal }) => [
      name.split(" ")[0],
      standing,
      sanctions,
      hasAppeal,
    ]),
  ).toEqual([
    ["Appealing", "warned", 1, true],
    ["Banned", "lockedOut", 1, false],
    ["Freed", "good", 2, false],
    ["Mo", "good", 0, false],
    ["Plain", "good", 0, false],
  ]);
});
