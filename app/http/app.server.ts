import type { IncomingMessage, ServerResponse } from "node:http";
import express, { type ErrorRequestHandler, type Express, type Handler } from "express";
import { answerHealth, answerReadiness, type Checks } from "~/operations/health.server";
import { log } from "~/operations/log.server";
import { logRequests } from "~/operations/request-log.server";
import { isApiAddress } from "./api-address";
import { limitBody } from "./body-limit.server";
import { compress, keepPrivate, staticFiles } from "./caching.server";
import { checkOrigin } from "./origin-check.server";
import { readAddress } from "./own-address.server";
import { refuse } from "./refusals.server";
import { securityHeaders } from "./security-headers.server";
import { guardSignInLink } from "./sign-in-links.server";

/** Of a form without pictures. */
const maxBodyBytes = 1024 * 1024;
/** As pages and their data have it. */
const uploadAddress =
  /^(\/chats\/[\da-f-]{36}(\/dispute)?(\.data)?|\/api\/v1\/chats\/[\da-f-]{36}\/messages)$/i;
const mailAddress = /^\/mail\/unsubscribe\/[^/]+$/;
const pageMethods = ["GET", "HEAD", "POST"];

export type AppOptions = {
  /** Answers every address that nothing before it does: Remix. */
  pages: Handler;
  /** Serves the client's files; else `build/client` is. */
  assets?: Handler;
  events: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** Answers the client's own fetch to a chat, and hands everything else on. */
  chatPosts?: Handler;
  /** Answers the addresses of pictures and their thumbnails. */
  pictures?: Handler;
  metrics?: Handler;
  /** What a form with pictures can weigh; without it none may. */
  uploadBytes?: number;
  checks: Checks;
  publicUrl?: URL;
  /** As Express reads it: whose `X-Forwarded-*` are believed. */
  trustProxy?: number | string[];
  /** From where pages may show pictures beside our own. */
  pictureOrigins?: readonly string[];
};

/** Everything between the socket and the pages, in the order in which a request meets it. */
export function makeApp(options: AppOptions): Express {
  const { pages, assets, events, chatPosts, pictures, metrics, uploadBytes, checks } = options;
  const { publicUrl, trustProxy, pictureOrigins = [] } = options;
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", trustProxy ?? false);
  app.set("query parser", (query: string | null) =>
    Object.fromEntries(new URLSearchParams(query ?? "")),
  );

  app.use(logRequests);
  app.use(
    securityHeaders({
      isSecure: publicUrl?.protocol === "https:",
      isDevelopment: assets !== undefined,
      pictureOrigins,
    }),
  );
  app.use(keepPrivate);
  app.use(["/sso", "/sso.data"], guardSignInLink);
  app.get("/healthz", answerHealth);
  app.get("/readyz", answerReadiness(checks));
  if (metrics) app.get("/metrics", metrics);
  app.use(readAddress({ publicUrl }));
  if (pictures) app.get("/chats/:chatId/attachments/:attachmentId/:size(thumbnail)?", pictures);
  app.use(compress);
  app.use(assets ?? staticFiles("build/client"));
  // A tab from before an upgrade asks for files that are gone; a whole page would be wasted on it.
  app.use("/assets", (_req, res) => refuse(res, 404));
  app.use(limitForms(uploadBytes));
  app.use(unlessFromElsewhere(checkOrigin));
  const answerEvents: Handler = (req, res, next) => void events(req, res).catch(next);
  app.route("/events").get(answerEvents).options(answerEvents);
  if (chatPosts) app.post("/chats/:chatId", chatPosts);
  app.use(limitPageMethods);
  app.use(pages);
  app.use(answerFailure);
  return app;
}

/** Only a chat takes files, from those who may write there: it finds out before it reads them. */
function limitForms(uploadBytes = maxBodyBytes): Handler {
  const [limitForm, limitUpload] = [limitBody(maxBodyBytes), limitBody(uploadBytes)];
  return (req, res, next) => {
    const isUpload = req.method === "POST" && uploadAddress.test(req.path) && req.is("multipart/*");
    (isUpload ? limitUpload : limitForm)(req, res, next);
  };
}

/**
 * The program of a mailbox ends mails of a kind by itself, from nowhere and without a cookie (RFC
 * 8058): the address says whose, and no other does anything there. Nor does a cookie count where
 * programs call with an `Authorization` of their own.
 */
function unlessFromElsewhere(check: Handler): Handler {
  return (req, res, next) => {
    const isCall = isApiAddress(req.path) && (req.headers.authorization || !req.headers.cookie);
    if (!isCall && !mailAddress.test(req.path)) return check(req, res, next);
    // Remix would refuse what comes from a page somewhere else.
    res.locals.origin = req.headers.origin;
    delete req.headers.origin;
    next();
  };
}

/** A page has one action, which Remix would run for whatever changes something. */
const limitPageMethods: Handler = (req, res, next) => {
  if (pageMethods.includes(req.method) || isApiAddress(req.path)) next();
  else refuse(res.set("Allow", pageMethods.join(", ")), 405);
};

const answerFailure: ErrorRequestHandler = (error, _req, res, _next) => {
  // Remix may come late with an answer of its own: the body was refused while it was read.
  if (res.writableEnded) return;
  log.error({ err: error, requestId: res.locals.requestId }, "request failed");
  if (res.headersSent) res.destroy();
  else refuse(res, 500);
};
