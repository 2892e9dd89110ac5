import { db } from "~/db/db.server";
import { listPublicKeys, signingKey } from "~/moderation/transcripts/signing-keys.server";
import { environment } from "~/operations/environment.server";

/** The public keys that transcripts are signed with, for everybody, and those of the past. */
export async function loader() {
  await signingKey(db, environment().sessionSecret);
  const body = JSON.stringify({ keys: await listPublicKeys(db) }, null, 2);
  return new Response(`${body}\n`, {
    headers: { "Content-Type": "application/json", "Cache-Control": "public, max-age=60" },
  });
}
