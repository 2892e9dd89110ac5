import type { z } from "zod";
import { BodyTooLarge } from "~/http/body-limit.server";
import { isMultipart } from "~/http/form-fault.server";
import { defaultMessage, phrasesOf } from "~/http/form-phrases.server";
import { i18nOf, pickLocale } from "~/ui/catalogs.server";
import type { Operation } from "./operation";
import { type InputError, Problem } from "./problem";

/** What PostgreSQL and UTF-8 have no place for. */
const isUnreadable = (text: string) => text.includes("\0") || !text.isWellFormed();

/** Nothing that is asked for has so many levels; whoever looks through it calls himself for each. */
const deepest = 32;
/** Nobody reads more. */
const mostErrors = 50;

/**
 * The body as it came, read once: an `Idempotency-Key` is held against it.
 *
 * @returns "" where there is none, or where the operation reads it itself (a form with files)
 * @throws Problem 413 and 415
 */
export async function readBody(request: Request, operation: Operation): Promise<string> {
  if (!operation.body) return "";
  const type = request.headers.get("Content-Type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (isForm(request, operation)) return "";
  if (type !== "application/json") {
    const accepted = ["application/json", ...(operation.multipart ? ["multipart/form-data"] : [])];
    throw new Problem("unsupportedMediaType", { detail: `Send ${accepted.join(" or ")}` });
  }
  try {
    return await request.text();
  } catch (error) {
    if (error instanceof BodyTooLarge) throw new Problem("tooLarge");
    throw error;
  }
}

/** @throws Problem 400 for what is no JSON, 422 for what the schemas refuse */
export function readInput(
  request: Request,
  operation: Operation,
  { params, text }: { params: Record<string, string>; text: string },
) {
  const query = new URL(request.url).searchParams;
  return {
    // An address of another shape is as unknown as an id that nobody has.
    params: operation.params ? found(operation.params.safeParse(params)) : {},
    query: operation.query && check(request, operation.query, onceEach(query), "query"),
    body: isForm(request, operation)
      ? undefined
      : check(request, operation.body, parsed(operation, text), ""),
  };
}

/** With what its parts are divided by, or it is none. */
export const isForm = (request: Request, { multipart }: Operation) =>
  multipart !== undefined && isMultipart(request);

function found<Value>(reading: { success: boolean; data?: Value }): Value | undefined {
  if (!reading.success) throw new Problem("notFound");
  return reading.data;
}

function onceEach(query: URLSearchParams): Record<string, string> {
  const names = [...query.keys()];
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined)
    refuse([{ path: `/query/${pointer(twice)}`, message: "It stands twice" }]);
  return Object.fromEntries(query);
}

function parsed(operation: Operation, text: string): unknown {
  if (!operation.body) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem("unreadable", { detail: "The body is no JSON" });
  }
}

function check(
  request: Request,
  schema: z.ZodType | undefined,
  given: unknown,
  where: "query" | "",
): unknown {
  if (!schema) return undefined;
  const base = where && `/${where}`;
  const bad = unreadablePaths(given, base);
  const { t } = i18nOf(pickLocale(request));
  if (bad.length) {
    refuse(bad.slice(0, mostErrors).map((path) => ({ path, message: t("error.unreadable") })));
  }
  const reading = schema.safeParse(given, { error: defaultMessage });
  if (reading.success) return reading.data;
  const phrases = phrasesOf(reading.error.issues);
  refuse(
    reading.error.issues.slice(0, mostErrors).map((issue, place) => {
      const path = base + issue.path.map((part) => `/${pointer(String(part))}`).join("");
      if (issue.code === "unrecognized_keys") {
        return {
          path: `${path}/${pointer(issue.keys[0] ?? "")}`,
          message: "There is no such field",
        };
      }
      const { id, values } = phrases[place] ?? { id: "error.invalid" as const };
      // What the host alone reads says what is wrong itself.
      const isSentence = id === "error.invalid" && /\s/.test(issue.message);
      return { path, message: isSentence ? issue.message : t(id, values) };
    }),
  );
}

function refuse(errors: InputError[]): never {
  throw new Problem("invalid", { errors });
}

/** As JSON Pointers have it (RFC 6901). */
const pointer = (part: string) =>
  part.toWellFormed().slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1");

/** @throws Problem 400 for what is nested too deep to be looked through */
function unreadablePaths(value: unknown, path: string, depth = 0): string[] {
  if (typeof value === "string") return isUnreadable(value) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  if (depth > deepest) {
    throw new Problem("unreadable", { detail: `The body has more than ${deepest} levels` });
  }
  return Object.entries(value).flatMap(([name, part]) =>
    isUnreadable(name)
      ? [`${path}/${pointer(name)}`]
      : unreadablePaths(part, `${path}/${pointer(name)}`, depth + 1),
  );
}
