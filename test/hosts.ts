import { randomUUID } from "node:crypto";
import type { Db } from "~/db/client.server";
import { apiKeys } from "~/db/schema";
import type { Host } from "~/integration/host/host";
import { saveUser } from "~/integration/host/save-user.server";
import type { UserInput } from "~/integration/host/user-input.server";
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
