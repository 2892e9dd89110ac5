import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { Endpoint } from "./endpoint";
import { changeEndpoint, findEndpoint, lockTail } from "./endpoints.server";

/**
 * Makes a new secret for who saw the endpoint as it is. The same form again would make one more, and
 * take the one away that the host signs with until it learns the new one.
 *
 * @param seen until when the secret before signs, as the form was made from it
 * @returns `rotated` where it was done since; null for whoever is no admin, and without an endpoint
 */
export async function rotateSecret(
  db: Db,
  viewer: Viewer,
  id: string,
  seen: Pick<Endpoint, "previousSecretUntil">,
): Promise<{ endpoint: Endpoint; secret?: string } | { refused: "rotated" } | null> {
  return db.transaction(async (tx) => {
    await lockTail(tx);
    const endpoint = await findEndpoint(tx, viewer, id);
    if (!endpoint) return null;
    if (endpoint.previousSecretUntil !== seen.previousSecretUntil) return { refused: "rotated" };
    return changeEndpoint(tx, viewer, id, { rotateSecret: true });
  });
}
