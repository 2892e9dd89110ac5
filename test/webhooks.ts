import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { sendNext } from "~/integration/webhooks/delivering.server";
import { type EndpointDraft, endpointDraft } from "~/integration/webhooks/endpoint-form.server";
import { createEndpoint } from "~/integration/webhooks/endpoints.server";
import type { Means } from "~/integration/webhooks/send.server";
import { followChanges } from "~/integration/webhooks/tail.server";
import { makeUser } from "./factories";

/** An endpoint that is told of everything, or of some of it, made by an admin. */
export async function makeEndpoint(
  db: Db,
  url: string,
  { eventTypes, by }: { eventTypes?: EndpointDraft["eventTypes"]; by?: Viewer } = {},
) {
  const admin = by ?? (await makeUser(db, { role: "admin" }));
  const made = await createEndpoint(db, admin, endpointDraft.parse({ url, eventTypes }));
  if (!made || "refused" in made) throw new Error("No endpoint was made");
  return { ...made.endpoint, secret: made.secret, admin };
}

/** Looks for news, and tells an endpoint all that is due, one after the other. */
export async function tellAll(db: Db, { id }: { id: string }, means: Means = {}) {
  await followChanges(db);
  const outcomes: string[] = [];
  for (;;) {
    const outcome = await sendNext(db, id, means);
    if (!outcome) return outcomes;
    outcomes.push(outcome);
  }
}

/** As if all pauses of an endpoint were over. */
export async function endPauses(db: Db, { id }: { id: string }) {
  await db.execute(sql`update webhook_lanes set next_attempt_at = now() where endpoint_id = ${id}`);
}
