import { createHash } from "node:crypto";
import type { AppLoadContext } from "@remix-run/node";
import type { Db } from "~/db/client.server";
import type { Provided } from "~/db/provided.server";
import { isUnavailable } from "~/db/unavailable.server";
import { rateLimit } from "~/http/rate-limits.server";
import { environment } from "~/operations/environment.server";
import { log } from "~/operations/log.server";
import { apiPath } from "./api-path";
import { type Caller, findCaller } from "./caller.server";
import { corsHeaders } from "./cors.server";
import { answerOnce, fingerprintOf, readIdempotencyKey, type Stored } from "./idempotency.server";
import { isForm, readBody, readInput } from "./input.server";
import { type Found, findOperation, type Operation, type Reply } from "./operation";
import { operations } from "./operations/all.server";
import { Problem, problemResponse, withHeaders } from "./problem";

type Context = Pick<AppLoadContext, "address" | "requestId" | "origin">;

/** Answers a call of the API, whatever it is: an answer of the document's, or a problem. */
export async function answerApi(db: Db, request: Request, context: Context): Promise<Response> {
  try {
    const cors = await corsHeaders(db, request, context.origin);
    const response = await answer(db, request, context).catch((error) => {
      if (error instanceof Problem) return problemResponse(error, context.requestId);
      throw error;
    });
    for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);
    return response;
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    const isAway = isUnavailable(error);
    log[isAway ? "warn" : "error"]({ err: error, requestId: context.requestId }, "call failed");
    const kind = isAway ? "unavailable" : "unexpected";
    const headers: Record<string, string> = isAway ? { "Retry-After": "1" } : {};
    return problemResponse(new Problem(kind, { headers }), context.requestId);
  }
}

async function answer(db: Db, request: Request, { address }: Context): Promise<Response> {
  const path = new URL(request.url).pathname.slice(apiPath.length);
  const method = request.method === "HEAD" ? "GET" : request.method;
  const found = findOperation(operations, method, path);
  if (!found) throw new Problem("notFound");
  if (request.method === "OPTIONS") return new Response(null, { status: 204 });
  if ("allowed" in found) {
    throw new Problem("methodNotAllowed", { headers: { Allow: found.allowed.join(", ") } });
  }
  const caller = await findCaller(db, request);
  const limits = await countCall(db, caller);
  try {
    const stored = await answerAs(db, request, { found, caller, address });
    return respond(request, stored, limits);
  } catch (error) {
    throw error instanceof Problem ? withHeaders(error, limits) : error;
  }
}

/** The headers of the IETF's draft "RateLimit header fields for HTTP". */
async function countCall(db: Db, caller: Caller): Promise<Record<string, string>> {
  const [points, seconds] = [environment().limitApiCallsPerMinute, 60];
  const limit = rateLimit(db, { name: "api-calls", points, seconds });
  const { limited, remaining, resetSeconds } = await limit.countAndTell(caller.name);
  const headers = {
    "RateLimit-Policy": `"calls";q=${points};w=${seconds}`,
    RateLimit: `"calls";r=${remaining};t=${resetSeconds}`,
  };
  if (!limited) return headers;
  throw new Problem("tooMany", {
    headers: { ...headers, "Retry-After": String(limited.retryAfter) },
  });
}

type Call = { found: Found; caller: Caller; address: string };

async function answerAs(db: Db, request: Request, call: Call): Promise<Stored | Response> {
  const { operation, params } = call.found;
  const handle = handlerOf(operation, call.caller);
  const text = await readBody(request, operation);
  const input: Input = {
    db,
    request,
    address: call.address,
    ...readInput(request, operation, { params, text }),
    provided: (tx) => checkUnchanged(call, { ...input, db: tx }),
  };
  const run = async () => stored(await handle(input));
  const key = operation.method === "POST" ? readIdempotencyKey(request) : null;
  // Once more by the change itself, under its lock: of two who saw the same the second is too late.
  if (!["GET", "POST"].includes(operation.method)) await input.provided(db);
  // What a form holds is not known before it is read, and its client id makes it one message.
  if (key === null || isForm(request, operation)) return run();
  const fingerprint = fingerprintOf(request, text);
  const once = { caller: call.caller.name, key, fingerprint };
  const asProblem = (error: unknown) => {
    if (error instanceof Problem) return stored(problemResponse(error));
    throw error;
  };
  const { isRepeat, ...answered } = await answerOnce(db, once, async () => {
    const answered = await run().catch(asProblem);
    return answered instanceof Response ? inFull(answered) : answered;
  });
  if (!isRepeat) return answered;
  return { ...answered, headers: { ...answered.headers, "Idempotency-Replayed": "true" } };
}

type Input = {
  db: Db;
  request: Request;
  address: string;
  params: unknown;
  query: unknown;
  body: unknown;
  provided: Provided;
};
type Handle = (input: Input) => Promise<Reply | Response | null>;

/** @throws Problem 403 where this operation is not for such callers, or for no key without the scope */
function handlerOf(operation: Operation, caller: Caller): Handle {
  const { host, user } = operation;
  if (caller.host) {
    if (!host)
      throw new Problem("forbidden", { detail: "This is for users: call it with a user token" });
    if (!caller.scopes.includes(host.scope)) {
      throw new Problem("forbidden", {
        reason: "scope",
        detail: `The key lacks the scope ${host.scope}`,
      });
    }
    return (input) =>
      host.handle({ ...input, host: caller.host } as Parameters<typeof host.handle>[0]);
  }
  if (!user)
    throw new Problem("forbidden", { detail: "This is for hosts: call it with an API key" });
  return (input) =>
    user.handle({ ...input, viewer: caller.viewer } as Parameters<typeof user.handle>[0]);
}

/** @throws Problem 404 for null */
function stored(reply: Reply | Response | null): Stored | Response {
  if (!reply) throw new Problem("notFound");
  if (reply instanceof Response) return reply;
  const { status = 200, body, headers = {} } = reply;
  return { status, headers, body: body === undefined ? "" : JSON.stringify(body) };
}

async function inFull(response: Response): Promise<Stored> {
  const { status, headers } = response;
  return { status, headers: Object.fromEntries(headers), body: await response.text() };
}

/**
 * `If-Match`: only what the caller has seen is changed, as it stands at the same address.
 *
 * @throws Problem 412
 */
async function checkUnchanged({ found, caller }: Call, input: Input): Promise<void> {
  const wanted = input.request.headers.get("If-Match");
  if (wanted === null || wanted.trim() === "*") return;
  const reading = operations.find(
    ({ method, path }) => method === "GET" && path === found.operation.path,
  );
  if (!reading) return;
  // Who cannot see it cannot have seen it.
  if (caller.host ? !reading.host : !reading.user) throw new Problem("preconditionFailed");
  const query = reading.query?.parse({});
  const now = stored(await handlerOf(reading, caller)({ ...input, query, body: undefined }));
  if (now instanceof Response || !isAmong(wanted, etagOf(now)))
    throw new Problem("preconditionFailed");
}

function respond(
  request: Request,
  answered: Stored | Response,
  limits: Record<string, string>,
): Response {
  if (answered instanceof Response) {
    for (const [name, value] of Object.entries(limits)) answered.headers.set(name, value);
    return answered;
  }
  const { status, body } = answered;
  const headers = new Headers({
    "Cache-Control": "private, no-cache",
    ...answered.headers,
    ...limits,
  });
  if (request.method === "GET" && status === 200) {
    const etag = etagOf(answered);
    headers.set("ETag", etag);
    const known = request.headers.get("If-None-Match");
    if (known && isAmong(known, etag)) return new Response(null, { status: 304, headers });
  }
  if (body && !headers.has("Content-Type")) headers.set("Content-Type", "application/json");
  return new Response(body || null, { status, headers });
}

const etagOf = ({ body }: Stored) =>
  `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;

const isAmong = (list: string, etag: string) =>
  list.split(",", 50).some((one) => ["*", etag].includes(one.trim().replace(/^W\//, "")));
