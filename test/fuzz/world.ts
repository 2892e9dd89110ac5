import { randomUUID } from "node:crypto";
import { createSession } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { createUserToken } from "~/integration/tokens/create-user-token.server";
import { createEndpoint } from "~/integration/webhooks/endpoints.server";
import { eventTypes } from "~/integration/webhooks/event-types";
import { claimDispute } from "~/moderation/disputes/claim.server";
import { makeDispute } from "../cases";
import { sql } from "../database";
import { makeExport } from "../exports";
import { makeChat, makeUser } from "../factories";
import { makeKey } from "../hosts";
import { say } from "../sending";
import type { Described } from "./described";
import { type Parts, validFor } from "./hostile";

/** What stands in the headers of each kind of caller. */
export type Callers = Record<string, Record<string, string>>;

/** Everybody who calls, and what there is to call about: made anew when a call has used it up. */
export async function makeWorld(db: Db, origin: string) {
  const [chat, others] = [await makeChat(db), await makeChat(db)];
  for (const { id } of [chat.buyer, chat.seller, others.buyer, others.seller]) {
    await sql`update users set external_id = ${`ext-${id}`} where id = ${id}`;
  }
  const message = await say(db, chat.buyer, chat.id, "Is it still there?");
  const moderator = await makeUser(db, { role: "moderator" });
  const key = await makeKey(db);
  const made = await createUserToken(db, { keyId: key.id, keyName: "" }, { userId: chat.buyer.id });
  if (!made || !("token" in made)) throw new Error("No token was made");
  let disputeId: Promise<string> | undefined;
  const makeClaimed = async () => {
    const id = await makeDispute(db, chat);
    await claimDispute(db, moderator, id);
    return id;
  };
  let endpointId: Promise<string> | undefined;
  const makeEndpoint = async () => {
    // There are only so many, and some calls make one.
    await sql`delete from webhook_endpoints`;
    const host = { keyId: key.id, keyName: "" };
    const draft = { url: "https://market.example.com/parley", eventTypes: [...eventTypes] };
    const made = await createEndpoint(db, host, draft);
    if (!made || !("secret" in made)) throw new Error("No endpoint was made");
    return made.endpoint.id;
  };
  const callers: Callers = {
    nobody: {},
    "a key with all scopes": { Authorization: `Bearer ${key.key}` },
    "a key with no scope": { Authorization: `Bearer ${(await makeKey(db, [])).key}` },
    "the buyer by token": { Authorization: `Bearer ${made.token}` },
    "the buyer by cookie": await signedIn(db, chat.buyer, origin),
    "another user": await signedIn(db, others.buyer, origin),
    "a moderator": await signedIn(db, moderator, origin),
  };
  return {
    callers,
    chat,
    message,
    /** Opened when it is asked for, and in the hands of the moderator. */
    dispute: () => (disputeId ??= makeClaimed()),
    endpoint: () => (endpointId ??= makeEndpoint()),
    export: () => makeExport(db, chat.buyer.id),
    /** Ids of what is not the buyer's. */
    others: [others.id, others.seller.id, others.reference],
  };
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

async function signedIn(db: Db, { id }: Viewer, Origin: string) {
  return { Cookie: `session=${(await createSession(db, id)).token}`, Origin };
}

/** A call that should be answered, for those who may make it. */
export async function partsOf({ path, requestBody }: Described, world: World): Promise<Parts> {
  const { chat, message, others } = world;
  const known: Record<string, unknown> = {
    clientId: randomUUID(),
    wish: "refund",
    externalId: randomUUID(),
    buyerId: chat.buyer.id,
    sellerId: chat.seller.id,
    sellerExternalId: `ext-${chat.seller.id}`,
    userId: chat.buyer.id,
    reference: chat.reference,
    seq: message.seq,
  };
  const schema = requestBody?.content["application/json"]?.schema;
  return {
    params: {
      ...known,
      id: await idOf(path, world),
      ...(path.includes("{exportId}") && { exportId: await world.export() }),
    },
    query: {},
    ...(schema && { body: validFor(schema, known) }),
    others,
  };
}

/** Of what stands at an address; disputes and endpoints are made when somebody asks for one. */
async function idOf(path: string, { chat, dispute, endpoint }: World): Promise<string> {
  if (path.startsWith("/webhooks/")) return await endpoint();
  if (path.startsWith("/users")) return chat.buyer.id;
  if (path.startsWith("/disputes")) return await dispute();
  if (path.endsWith("/transcript")) await dispute();
  return chat.id;
}
