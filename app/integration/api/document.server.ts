import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import { apiPath } from "./api-path";
import type { AnswerShape, Operation } from "./operation";
import { operations } from "./operations/all.server";
import { type ProblemKind, problemShape, problems } from "./problem";
import { scopes } from "./scopes";
import { tags } from "./tags";

const limitHeaders = z.object({
  RateLimit: z.string().meta({ description: "How many calls are left, and for how many seconds" }),
  "RateLimit-Policy": z.string().meta({ description: "How many calls there may be in a window" }),
});

const retryHeaders = limitHeaders.extend({
  "Retry-After": z.string().meta({ description: "Seconds until another try makes sense" }),
});

const keyHeader = z.object({
  "Idempotency-Key": z.string().min(1).max(255).optional().meta({
    description: "Anything that no other call has: for 24 hours a repeat gets the first answer",
    example: "order-4711-created",
  }),
});

const matchHeader = z.object({
  "If-Match": z.string().optional().meta({
    description: "The ETag of what one has seen: what changed since is not changed again (412)",
  }),
});

const knownHeader = z.object({
  "If-None-Match": z.string().optional().meta({
    description: "The ETag of what one has: where nothing changed, the answer is 304",
  }),
});

let made: ReturnType<typeof createDocument> | undefined;

/** The API as OpenAPI 3.1 has it, made from the schemas that the calls are checked by. */
export function apiDocument() {
  made ??= createDocument({
    openapi: "3.1.1",
    info: {
      title: "Parley",
      version: "1.0.0",
      summary: "Buyer-seller chat for marketplaces",
      description:
        "The host marketplace calls with an API key, a user's client with a user token or the session cookie. What goes wrong is said as RFC 9457 has it.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: apiPath, description: "This Parley" }],
    tags: [...tags],
    security: [],
    paths: pathsOf(operations),
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key of the host: `pk_…`" },
        userToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "Of `POST /tokens`",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "session",
          description: "Of who is signed in",
        },
      },
    },
  });
  return made;
}

function pathsOf(all: readonly Operation[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of all) {
    const method = operation.method.toLowerCase() as "get";
    paths[operation.path] = { ...paths[operation.path], [method]: described(operation) };
  }
  return paths;
}

function described(operation: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, params, query, body, multipart, host, user, method } = operation;
  const callers = [
    host && `hosts with the scope \`${host.scope}\` (${scopes[host.scope].toLowerCase()})`,
    user && "users",
  ].filter(Boolean);
  const header = headersOf(operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [operation.description, `For ${callers.join(" and ")}.`]
      .filter(Boolean)
      .join("\n\n"),
    security: [
      ...(host ? [{ apiKey: [] }] : []),
      ...(user ? [{ userToken: [] }, { session: [] }] : []),
    ],
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      ...(header && { header }),
    },
    ...(body && {
      requestBody: {
        required: true,
        content: {
          "application/json": { schema: body },
          ...(multipart && { "multipart/form-data": { schema: multipart } }),
        },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(operation.answers).map(([status, shape]) => [
          status,
          answered(shape, method),
        ]),
      ),
      ...(method === "GET" &&
        hasJson(operation) && { 304: { description: "It is as it was", headers: limitHeaders } }),
      ...refusalsOf(operation),
    },
  };
}

const hasJson = ({ answers }: Operation) => Object.values(answers).some(({ body }) => body);

function headersOf({ method, path }: Operation): z.ZodObject | undefined {
  if (method === "POST") return keyHeader;
  if (method === "GET") return knownHeader;
  const isRead = operations.some((one) => one.method === "GET" && one.path === path);
  return isRead ? matchHeader : undefined;
}

function answered({ description, body, contentTypes, headers }: AnswerShape, method: string) {
  const etag =
    method === "GET" && body
      ? { ETag: z.string().meta({ description: "Names what it is now" }) }
      : {};
  const content = body
    ? { "application/json": { schema: body } }
    : Object.fromEntries(
        (contentTypes ?? []).map((type) => [
          type,
          { schema: type.includes("json") ? anyJson : binary },
        ]),
      );
  return {
    description,
    headers: limitHeaders.extend({ ...headers?.shape, ...etag }),
    ...(Object.keys(content).length && { content }),
  };
}

/** Described elsewhere: a transcript by what verifies it. */
const anyJson = z.looseObject({});
const binary = z.string().meta({ override: { type: "string", contentEncoding: "binary" } });

function refusalsOf(operation: Operation): ZodOpenApiResponsesObject {
  const { method, params, query, body, refusals = [] } = operation;
  const hasMatch = method !== "GET" && method !== "POST" && headersOf(operation);
  const statuses = new Set<number>([
    401,
    403,
    413,
    429,
    500,
    503,
    ...(params || body ? [404] : []),
    ...(body || method === "POST" ? [400, 409, 415, 422] : []),
    ...(query ? [422] : []),
    ...(hasMatch ? [412] : []),
    ...refusals,
  ]);
  return Object.fromEntries(
    [...statuses].sort().map((status) => {
      const kind = (Object.keys(problems) as ProblemKind[]).find(
        (one) => problems[one].status === status,
      );
      const hasRetry = status === 429 || status === 503;
      return [
        status,
        {
          description: kind ? problems[kind].title : "Refused",
          headers: hasRetry ? retryHeaders.partial() : limitHeaders.partial(),
          content: { "application/problem+json": { schema: problemShape } },
        },
      ];
    }),
  );
}
