import { expect, test } from "vitest";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { createKeyAsOldestAdmin } from "./create-as-oldest-admin.server";
import { findKey, listKeys } from "./keys.server";

test("a key made by the command is good, and is in the name of the oldest admin, if there is one", async () => {
  const wanted = { name: "By the command", scopes: ["users:read" as const], expiresInDays: 1 };
  expect(await createKeyAsOldestAdmin(db, wanted)).toBeNull();
  const admin = await makeUser(db, { role: "admin" });
  await makeUser(db, { role: "admin" });
  const made = await createKeyAsOldestAdmin(db, wanted);
  if (!made || !("key" in made)) throw new Error("No key was made");
  expect(await findKey(db, made.key)).toMatchObject({ scopes: ["users:read"] });
  const [listed] = (await listKeys(db, admin)) ?? [];
  expect(listed).toMatchObject({ name: "By the command", createdBy: admin.name, state: "valid" });
});
