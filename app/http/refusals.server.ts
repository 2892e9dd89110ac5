import type { Response } from "express";
import { type ProblemKind, problems, problemType } from "~/integration/api/problem";
import { i18nOf, pickLocale } from "~/ui/catalogs.server";
import type { MessageId } from "~/ui/i18n";
import stylesheet from "~/ui/theme.css?url";
import { isApiAddress } from "./api-address";

const sentences = {
  400: "error.badRequest",
  403: "error.foreignOrigin",
  404: "error.notFoundText",
  405: "error.method",
  413: "error.tooLarge",
  414: "error.addressTooLong",
  500: "error.unexpectedText",
} satisfies Record<number, MessageId>;

const problemKinds = {
  400: "unreadable",
  403: "forbidden",
  404: "notFound",
  405: "methodNotAllowed",
  413: "tooLarge",
  414: "addressTooLong",
  500: "unexpected",
} satisfies Record<keyof typeof sentences, ProblemKind>;

/** Answers what never reaches a page with a calm one of its own: no script, one sentence, one link. */
export function refuse(res: Response, status: keyof typeof sentences): void {
  if (isApiAddress(res.req.path)) {
    refuseCall(res, status);
    return;
  }
  const headers = { "Accept-Language": res.req.get("Accept-Language") ?? "" };
  const locale = pickLocale(new Request("http://parley.invalid", { headers }));
  const { t } = i18nOf(locale);
  const reference: { requestId?: string } = status === 500 ? res.locals : {};
  const lines = [t(sentences[status])];
  if (reference.requestId) lines.push(t("error.reference", { reference: reference.requestId }));
  const paragraphs = lines.map((line) => `<p class="mt-3 text-muted">${escapeHtml(line)}</p>`);
  res
    .status(status)
    .type("html")
    .send(
      `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(t("app.name"))}</title><link rel="stylesheet" href="${stylesheet}"></head><body><main class="mx-auto max-w-md px-4 py-24"><h1 class="text-2xl font-semibold">${escapeHtml(t("error.refusedTitle"))}</h1>${paragraphs.join("")}<p class="mt-6"><a class="font-medium text-accent underline" href="/">${escapeHtml(t("error.home"))}</a></p></main></body></html>`,
    );
}

/** The same for programs (RFC 9457). */
function refuseCall(res: Response, status: keyof typeof sentences): void {
  const { requestId } = res.locals;
  const kind = problemKinds[status];
  const { title, type } = { title: problems[kind].title, type: problemType(kind) };
  const body = { type, title, status, ...(status === 500 && { requestId }) };
  res.status(status).type("application/problem+json").send(JSON.stringify(body));
}

function escapeHtml(text: string) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
