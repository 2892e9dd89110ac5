import { expect, test } from "vitest";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { type ChoicesDraft, defaultChoices } from "./choices";
import { keepLanguage, readChoices, saveChoices } from "./choices.server";

const { locale: _, ...defaults } = defaultChoices;
const draft: ChoicesDraft = {
  ...defaults,
  byKind: { ...defaults.byKind, message: { push: false, mail: true } },
  pushContent: "sender",
  mailContent: "nothing",
  hasSound: true,
  quiet: { from: 22 * 60, to: 7 * 60, timeZone: "Asia/Tokyo" },
  timeZone: "Asia/Tokyo",
};

test("who chose nothing has the defaults, and signing in does not choose", async () => {
  const { id } = await makeUser(db);
  expect(await readChoices(db, id)).toEqual(defaultChoices);
  await keepLanguage(db, id, { locale: "en", timeZone: "Europe/Rome" });
  const seen = { locale: "en", timeZone: "Europe/Rome" };
  expect(await readChoices(db, id)).toEqual({ ...defaultChoices, ...seen });
});

test("what was chosen is what holds, and of two choices the later one", async () => {
  const viewer = await makeUser(db);
  await saveChoices(db, viewer, draft);
  expect(await readChoices(db, viewer.id)).toEqual({ ...draft, locale: null });
  await saveChoices(db, viewer, { ...draft, quiet: null, hasSound: false });
  const later = { ...draft, quiet: null, hasSound: false, locale: null };
  expect(await readChoices(db, viewer.id)).toEqual(later);
});

test("quiet hours stay where they were chosen when the person signs in elsewhere", async () => {
  const viewer = await makeUser(db);
  await saveChoices(db, viewer, draft);
  await keepLanguage(db, viewer.id, { locale: "en", timeZone: "America/Lima" });
  expect(await readChoices(db, viewer.id)).toEqual({ ...draft, locale: "en" });
  await saveChoices(db, viewer, { ...draft, quiet: null });
  await keepLanguage(db, viewer.id, { locale: "en", timeZone: "America/Lima" });
  await keepLanguage(db, viewer.id, { locale: "en", timeZone: null });
  expect((await readChoices(db, viewer.id)).timeZone).toBe("America/Lima");
});
