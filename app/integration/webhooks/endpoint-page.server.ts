import type { Viewer } from "~/accounts/viewer";
import { idShape } from "~/chats/drafts";
import type { Db } from "~/db/client.server";
import { deliveriesQuery, listAttempts, listDeliveries } from "./deliveries.server";
import { type Attempt, type Delivery, type Endpoint, messageId } from "./endpoint";
import { findEndpoint } from "./endpoints.server";

export type EndpointPage = {
  endpoint: Endpoint;
  deliveries: Delivery[];
  /** Where the next page begins. */
  next: string | null;
  state: Delivery["state"] | null;
  before: string | null;
  /** The delivery whose attempts are shown. */
  opened: { id: string; attempts: Attempt[] } | null;
  done: string | null;
};

/**
 * The page of an endpoint, with what its address asks for; what is no such question is left out.
 *
 * @returns null for whoever is no admin, and where there is no such endpoint
 */
export async function readEndpointPage(
  db: Db,
  viewer: Viewer,
  endpointId: string,
  search: URLSearchParams,
): Promise<EndpointPage | null> {
  const { state, before } = deliveriesQuery.shape;
  const asked = {
    state: state.safeParse(search.get("state")).data,
    before: before.safeParse(search.get("before")).data,
  };
  const [endpoint, listed] = await Promise.all([
    findEndpoint(db, viewer, endpointId),
    listDeliveries(db, viewer, endpointId, { ...asked, limit: 30 }),
  ]);
  if (!endpoint || !listed) return null;
  const of = idShape.safeParse(messageId(search.get("of") ?? "")).data;
  const attempts = of ? await listAttempts(db, viewer, { endpointId, messageId: of }) : null;
  return {
    endpoint,
    deliveries: listed.data,
    next: listed.next,
    state: asked.state ?? null,
    before: asked.before ?? null,
    opened: of && attempts ? { id: search.get("of") ?? "", attempts } : null,
    done: search.get("done"),
  };
}
