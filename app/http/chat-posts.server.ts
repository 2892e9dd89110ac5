import type { Handler, Request, Response } from "express";
import { readSessionToken } from "~/accounts/session-cookie.server";
import { findViewer } from "~/accounts/sessions.server";
import { answerChatForm, type ChatAnswer, readChatForm } from "~/chats/chat-form.server";
import { chatIdShape } from "~/chats/drafts";
import { db } from "~/db/db.server";
import { isUnavailable } from "~/db/unavailable.server";
import { log } from "~/operations/log.server";
import type { MessageId } from "~/ui/i18n";
import { currentExchange } from "./exchange.server";

/** When to come back while the database is away, in seconds. */
const retryAfter = 1;

/**
 * `POST /chats/:chatId` of the client's own fetch, which asks for JSON: what the page's action does,
 * without the router and the renderer around it, which cost more than the send itself. Whatever
 * else comes to this address goes on to the page.
 */
export const answerChatPosts: Handler = async (req, res, next) => {
  if (req.accepts(["html", "json"]) !== "json") return next();
  try {
    const answer = await answerPost(req);
    if (answer.retryAfter) res.set("Retry-After", String(answer.retryAfter));
    reply(res, answer.status, answer.body);
  } catch (error) {
    // A body that grew too large was refused while it was read.
    if (res.headersSent) return;
    if (!isUnavailable(error)) return next(error);
    // Whether it took effect is not known: the client repeats it with the same client id.
    log.warn({ err: error, requestId: currentExchange()?.requestId }, "database unavailable");
    res.set("Retry-After", String(retryAfter));
    reply(res, 503, refused("chat.unavailable"));
  }
};

async function answerPost(req: Request): Promise<Answer> {
  const token = readSessionToken(req.headers.cookie);
  const viewer = await findViewer(db, token);
  if (!viewer) return signedOut;
  const exchange = currentExchange();
  if (exchange) exchange.userId = viewer.id;
  const chatId = chatIdShape.safeParse(req.params.chatId).data;
  if (!chatId) return nothingThere;
  const form = await readChatForm(req);
  return (await answerChatForm(db, viewer, chatId, form)) ?? nothingThere;
}

type Answer = Omit<ChatAnswer, "body"> & { body: object };

const refused = (id: MessageId) => ({ refused: { id }, errors: [{ id }] });
const signedOut: Answer = { status: 401, body: refused("chat.signedOut") };
const nothingThere: Answer = { status: 404, body: refused("error.notFoundText") };

function reply(res: Response, status: number, body: object): void {
  const json = Buffer.from(JSON.stringify(body));
  res.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": json.length,
  });
  res.end(json);
}
