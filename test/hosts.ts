import { randomUUID } from "node:crypto";
import type { Db } from "~/db/client.server";
import { apiKeys } from "~/db/schema";
import type { Host } from "~/integration/host/host";
import { makeUser } from "./factories";

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
