import { z } from "zod";
import type { Told } from "~/safety/told";

/** Everything that the API refuses for, with the status that it answers. */
export const problems = {
  unreadable: { status: 400, title: "The request cannot be read" },
  unauthenticated: { status: 401, title: "Nobody is known by these credentials" },
  forbidden: { status: 403, title: "This caller may not do that" },
  notFound: { status: 404, title: "There is nothing at this address for this caller" },
  methodNotAllowed: { status: 405, title: "This address does not take this method" },
  conflict: { status: 409, title: "It is not in a state for that" },
  preconditionFailed: { status: 412, title: "It has changed meanwhile" },
  tooLarge: { status: 413, title: "The request is too large" },
  addressTooLong: { status: 414, title: "The address is too long" },
  unsupportedMediaType: { status: 415, title: "The body is of a type that is not read here" },
  invalid: { status: 422, title: "The input is not as it has to be" },
  tooMany: { status: 429, title: "Too many requests" },
  unexpected: { status: 500, title: "Something went wrong here" },
  unavailable: { status: 503, title: "Parley cannot be reached right now" },
} as const;

export type ProblemKind = keyof typeof problems;

export type InputError = { path: string; message: string };

type Details = {
  detail?: string;
  errors?: InputError[];
  /** A word for programs, where one kind has several reasons: `notOpen`, `pictureGone`. */
  reason?: string;
  /** Of a message that the filters refused, and what confirms it where that is enough. */
  filter?: Told;
  headers?: Record<string, string>;
};

/** Thrown by whatever finds that a call cannot be answered as it was asked. */
export class Problem extends Error {
  override name = "Problem";

  constructor(
    readonly kind: ProblemKind,
    readonly details: Details = {},
  ) {
    super(details.detail ?? problems[kind].title);
  }
}

export const problemType = (kind: ProblemKind) =>
  `urn:parley:problem:${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The same with more headers. */
export function withHeaders(problem: Problem, headers: Record<string, string>): Problem {
  const { kind, details } = problem;
  return new Problem(kind, { ...details, headers: { ...headers, ...details.headers } });
}

/** RFC 9457. */
export const problemShape = z
  .strictObject({
    type: z.string().meta({
      description: "Names the kind of problem",
      example: problemType("invalid"),
    }),
    title: z
      .string()
      .meta({ description: "Says the kind in words", example: problems.invalid.title }),
    status: z.int().min(400).max(599).meta({ description: "The status again", example: 422 }),
    detail: z.string().optional().meta({ description: "What is wrong this time" }),
    reason: z.string().optional().meta({
      description: "A word for programs, where one kind has several reasons",
      example: "notOpen",
    }),
    errors: z
      .array(
        z.strictObject({
          path: z.string().meta({
            description: "Where in the input, as a JSON Pointer; empty for all of it",
            example: "/body",
          }),
          message: z.string().meta({ example: "Write something" }),
        }),
      )
      .optional()
      .meta({ description: "What is wrong with which part of the input" }),
    filter: z
      .strictObject({
        action: z.enum(["warn", "block"]),
        reasons: z.array(z.looseObject({ kind: z.string(), words: z.array(z.string()) })),
        confirm: z.string().optional().meta({
          description:
            "Sent along as `confirm`, it sends a message that was warned of all the same",
        }),
      })
      .optional()
      .meta({ description: "Why the filters refused a message, and which of its words" }),
    requestId: z.string().optional().meta({ description: "Ask the operator about it by this" }),
  })
  .meta({ id: "Problem", description: "Why a call was refused (RFC 9457)" });

/** @param requestId stands in what is no fault of the caller */
export function problemResponse(problem: Problem, requestId?: string): Response {
  const { kind, details } = problem;
  const { detail, errors, reason, filter, headers } = details;
  const { status, title } = problems[kind];
  const body: z.output<typeof problemShape> = { type: problemType(kind), title, status };
  if (detail) body.detail = detail;
  if (reason) body.reason = reason;
  if (filter) body.filter = filter;
  if (errors) body.errors = errors;
  if (status >= 500 && requestId) body.requestId = requestId;
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, "Content-Type": "application/problem+json" },
  });
}
