import { randomUUID } from "node:crypto";
import type { Db } from "~/db/client.server";
import { apiKeys } from "~/db/schema";
import { type Scope, scopeNames } from "~/integration/api/scopes";
import type { Host } from "~/integration/host/host";
import { saveUser } from "~/integration/host/save-user.server";
import type { UserInput } from "~/integration/host/user-input.server";
import { createKey } from "~/integration/keys/keys.server";
import { makeSession, makeUser } from "./factories";

/** The host marketplace with a key of its own, which nobody knows. */
export async function makeHost(db: Db, keyName = "The shop"): Promise<Host> {
  const { id: createdBy } = await makeUser(db, { role: "admin" });
  const [key] = await db
    .insert(apiKeys)
    .values({ name: keyName, hash: randomUUID(), prefix: "pk_test", scopes: [], createdBy })
    .returning({ id: apiKeys.id });
  if (!key) throw new Error("No key was made");
  return { keyId: key.id, keyName };
}

/** Somebody of the host's who is signed in. */
export async function makeHostUser(db: Db, said: Partial<UserInput> = {}) {
  const input = { externalId: `ext-${randomUUID()}`, name: "Somebody", ...said };
  const saved = await saveUser(db, { keyId: randomUUID(), keyName: "The shop" }, input);
  if ("refused" in saved) throw new Error("No user was made");
  const { id, name, externalId } = saved.user;
  return { id, name, externalId, role: "user" as const, sessionId: await makeSession(db, id) };
}

/** A key that calls the API, with all scopes or some, and the admin who made it. */
export async function makeKey(db: Db, scopes: Scope[] = scopeNames) {
  const admin = await makeUser(db, { role: "admin" });
  const made = await createKey(db, admin, { name: "The shop", scopes });
  if (!made || !("key" in made)) throw new Error("No key was made");
  return { ...made, admin };
}
