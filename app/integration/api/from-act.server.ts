import type { Act } from "~/chats/act.server";
import type { ChatAnswer } from "~/chats/chat-form.server";
import { isUnread, retryAfter } from "~/retention/archive/unread.server";
import type { Told } from "~/safety/told";
import { i18nOf, pickLocale } from "~/ui/catalogs.server";
import type { MessageId, Phrase } from "~/ui/i18n";
import { Problem, type ProblemKind } from "./problem";

/** What does not lie in the input: the same may be asked for at another time. */
const conflicts: Partial<Record<MessageId, string>> = {
  "chat.notOpen": "notOpen",
  "chat.notDelivered": "notDelivered",
  "chat.notAllowed": "notAllowed",
  "chat.clientId.reused": "clientIdReused",
  "picture.gone": "pictureGone",
  "dispute.openedByOther": "openedByOther",
  "dispute.appealInstead": "appealInstead",
  "dispute.notDisputable": "notDisputable",
  "dispute.archived": "archived",
};

type Refused = {
  phrase: Phrase;
  field?: string;
  retryAfter?: number;
  told?: Told;
  status?: number;
};

/** @throws Problem for what was refused, in words and with a reason for programs */
export function refuseAs(request: Request, refused: Refused): never {
  const { phrase, field = "", retryAfter, told, status } = refused;
  const { t } = i18nOf(pickLocale(request));
  const detail = t(phrase.id, phrase.values);
  if (phrase.id === "chat.signedOut") throw new Problem("unauthenticated", { detail });
  if (retryAfter) {
    throw new Problem("tooMany", { detail, headers: { "Retry-After": String(retryAfter) } });
  }
  if (told) throw new Problem("invalid", { detail, reason: told.action, filter: told });
  const reason = conflicts[phrase.id];
  if (reason) throw new Problem("conflict", { detail, reason });
  const kind = (status && kindOf[status]) || "invalid";
  const path = field && field !== "form" ? `/${field}` : "";
  throw new Problem(kind, { detail, errors: [{ path, message: detail }] });
}

const kindOf: Record<number, ProblemKind> = {
  400: "unreadable",
  408: "unreadable",
  413: "tooLarge",
  415: "unsupportedMediaType",
  503: "unavailable",
};

/** @throws Problem 503 where an archive cannot be read now, as pages say it */
export function unread(error: unknown): never {
  if (!isUnread(error)) throw error;
  throw new Problem("unavailable", {
    reason: "archive",
    headers: { "Retry-After": String(retryAfter) },
  });
}

/** @throws Problem where it was not done */
export function doneOf(request: Request, done: Act): Extract<Act, { done: true }> {
  if (!("refused" in done)) return done;
  const { refused: phrase, field, retryAfter, told } = done;
  return refuseAs(request, { phrase, field, retryAfter, told });
}

/** The same of what a form with pictures came to. */
export function sentOf(request: Request, { status, retryAfter, body }: ChatAnswer) {
  if (!("refused" in body)) return body.sent;
  const { refused: phrase, told, pictures = [] } = body;
  const bad = pictures.filter((one) => one.refused);
  if (!bad.length || retryAfter)
    return refuseAs(request, { phrase, field: "body", told, retryAfter, status });
  const { t } = i18nOf(pickLocale(request));
  throw new Problem(status === 413 ? "tooLarge" : "invalid", {
    detail: t(phrase.id, phrase.values),
    errors: bad.flatMap(({ index, refused }) =>
      refused ? [{ path: `/images/${index}`, message: t(refused.id, refused.values) }] : [],
    ),
  });
}
