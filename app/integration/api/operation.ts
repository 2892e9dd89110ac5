import type { z } from "zod";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { Provided } from "~/db/provided.server";
import type { Host } from "../host/host";
import type { Scope } from "./scopes";
import type { Tag } from "./tags";

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

/** What an operation answers when it does not refuse. */
export type Reply = { status?: number; body?: unknown; headers?: Record<string, string> };

/** What all operations are asked with. */
type Context = {
  db: Db;
  /** Of this request, for links and for what is not JSON. */
  request: Request;
  /** The peer's. */
  address: string;
  /**
   * That it is as the caller has seen it (`If-Match`): for the change of what a GET at the same address
   * shows. @throws Problem 412
   */
  provided: Provided;
};

type Fields = z.ZodObject;
type Read<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<never, never>;

type Asked<Params, Query, Body> = Context & {
  params: Read<Params>;
  query: Read<Query>;
  body: Read<Body>;
};

/** A Response is what is no JSON. */
type Handler<Asking> = (asked: Asking) => Promise<Reply | Response | null>;

export type AnswerShape = {
  description: string;
  /** JSON, if there is any. */
  body?: z.ZodType;
  /** Of what is no JSON. */
  contentTypes?: string[];
  headers?: z.ZodObject;
};

type Spec<
  Params extends Fields | undefined,
  Query extends Fields | undefined,
  Body extends z.ZodType | undefined,
> = {
  /** What clients that are made from the document call it. */
  id: string;
  method: Method;
  /** Below `/api/v1`, as OpenAPI writes it: `/users/{id}`. */
  path: `/${string}`;
  tag: Tag;
  summary: string;
  description?: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** The body may come as a form with files as well, which `request` then holds unread. */
  multipart?: z.ZodObject;
  /** By status. */
  answers: Record<number, AnswerShape>;
  /** Refusals of its own, beside those of every operation. */
  refusals?: (409 | 413 | 503)[];
  /** Who may call it: a host whose key has the scope, a user, or both. Null is a 404. */
  host?: { scope: Scope; handle: Handler<Asked<Params, Query, Body> & { host: Host }> };
  user?: { handle: Handler<Asked<Params, Query, Body> & { viewer: Viewer }> };
};

export type Operation = Spec<Fields | undefined, Fields | undefined, z.ZodType | undefined>;

/** Keeps what its schemas say of its input beside each operation, and forgets it in the table of all. */
export function operation<
  Params extends Fields | undefined = undefined,
  Query extends Fields | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(spec: Spec<Params, Query, Body>): Operation {
  return spec as unknown as Operation;
}

export type Found = { operation: Operation; params: Record<string, string> };

/**
 * Finds what answers an address.
 *
 * @param path below `/api/v1`, as it came
 * @returns the operation, or the methods that there are instead; null for an address of nothing
 */
export function findOperation(
  operations: readonly Operation[],
  method: string,
  path: string,
): Found | { allowed: Method[] } | null {
  const parts = path.split("/").map(decoded);
  if (parts.includes(null)) return null;
  const here = operations.flatMap((operation) => {
    const params = match(operation.path.split("/"), parts as string[]);
    return params ? [{ operation, params }] : [];
  });
  const one = here.find(({ operation }) => operation.method === method);
  if (one) return one;
  return here.length ? { allowed: here.map(({ operation }) => operation.method) } : null;
}

function match(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [place, part] of pattern.entries()) {
    const given = parts[place] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name && given) params[name] = given;
    else if (part !== given) return null;
  }
  return params;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
