import type { IncomingMessage, ServerResponse } from "node:http";
import type { Handler } from "express";
import { findRecentViewer, forgetViewer } from "~/accounts/recent-viewers.server";
import { readSessionToken } from "~/accounts/session-cookie.server";
import { findViewer } from "~/accounts/sessions.server";
import { answerChatForm, type ChatAnswer, readChatForm } from "~/chats/chat-form.server";
import { idShape } from "~/chats/drafts";
import { answerUpload } from "~/chats/picture-form.server";
import { db } from "~/db/db.server";
import { isUnavailable } from "~/db/unavailable.server";
import { log } from "~/operations/log.server";
import { storage } from "~/storage/storage.server";
import type { MessageId } from "~/ui/i18n";
import { noteUser } from "./exchange.server";
import { isMultipart } from "./form-fault.server";

/** When to come back while the database is away, in seconds. */
const retryAfter = 1;

/**
 * `POST /chats/:chatId` of the client's own fetch, which asks for JSON: what the page's action does,
 * without the router and the renderer around it, which cost more than the send itself. Whatever
 * else comes to this address goes on to the page.
 */
export const answerChatPosts: Handler = (req, res, next) => {
  if (req.accepts(["html", "json"]) !== "json") return next();
  answerChatPost(req, res, String(req.params.chatId)).catch(next);
};

/** @throws what is no fault of the request and not the database's being away */
export async function answerChatPost(
  req: IncomingMessage,
  res: ServerResponse,
  chatId: string,
): Promise<void> {
  try {
    reply(res, await answerPost(req, chatId));
  } catch (error) {
    // A body that grew too large was refused while it was read.
    if (res.headersSent) return;
    if (!isUnavailable(error)) throw error;
    // Whether it took effect is not known: the client repeats it with the same client id.
    log.warn({ err: error }, "database unavailable");
    reply(res, unavailable);
  }
}

async function answerPost(req: IncomingMessage, id: string): Promise<Answer> {
  const token = readSessionToken(req.headers.cookie);
  const viewer = await findRecentViewer(db, token);
  if (!viewer) return signedOut;
  noteUser(viewer.id);
  const chatId = idShape.safeParse(id).data;
  if (!chatId) return nothingThere;
  if (isMultipart(req)) {
    if (!(await findViewer(db, token))) return signedOut;
    return (await answerUpload({ db, storage, viewer, chatId }, req)) ?? nothingThere;
  }
  const form = await readChatForm(req);
  // A send asks in its own statement whether the session still stands; nothing else does.
  const isSend = form.ok && form.value.intent === "send";
  if (!isSend && !(await findViewer(db, token))) return signedOut;
  const answer = (await answerChatForm(db, viewer, chatId, form)) ?? nothingThere;
  if (answer.status === 401) forgetViewer(token);
  return answer;
}

type Answer = Omit<ChatAnswer, "body"> & { body: object };

const refused = (id: MessageId) => ({ refused: { id }, errors: [{ id }] });
const signedOut: Answer = { status: 401, body: refused("chat.signedOut") };
const nothingThere: Answer = { status: 404, body: refused("error.notFoundText") };
const unavailable: Answer = { status: 503, retryAfter, body: refused("chat.unavailable") };

function reply(res: ServerResponse, { status, retryAfter, body }: Answer): void {
  const json = JSON.stringify(body);
  res.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(json),
    ...(retryAfter && { "Retry-After": String(retryAfter) }),
  });
  res.end(json);
}
