import { z } from "zod";
import type { Viewer } from "~/accounts/viewer";
import { findChat } from "~/chats/clock.server";
import { closeChat } from "~/chats/close.server";
import { listChats } from "~/chats/list.server";
import { startChat } from "~/chats/start.server";
import type { Db } from "~/db/client.server";
import { environment } from "~/operations/environment.server";
import { findHostChat, hostChatsQuery, listHostChats } from "../../host/chats.server";
import { setChatStatus } from "../../host/set-chat-status.server";
import { hostChatStart, startChatFor } from "../../host/start-chat.server";
import { refuseAs } from "../from-act.server";
import { type Operation, operation } from "../operation";
import { Problem } from "../problem";
import { anyChatShape, pageOf } from "../shapes";
import { chatParams, limitField, refuseFields } from "./fields.server";

const tag = "Chats" as const;

const start = operation({
  id: "startChat",
  method: "POST",
  path: "/chats",
  tag,
  summary: "Start a chat, or find the one there is",
  description: "There is one chat for each subject and buyer: who asks twice finds the first.",
  body: z.strictObject({
    reference: hostChatStart.shape.reference,
    buyerId: hostChatStart.shape.buyerId.optional().meta({
      description: "Of hosts, which say for whom; a user is the buyer himself",
    }),
  }),
  answers: {
    201: { description: "It was started", body: anyChatShape },
    200: { description: "It had been started before", body: anyChatShape },
  },
  refusals: [409],
  host: {
    scope: "chats:write",
    async handle({ db, host, body }) {
      const { reference, buyerId } = body;
      if (!buyerId) {
        throw new Problem("invalid", { errors: [{ path: "/buyerId", message: "Say for whom" }] });
      }
      const started = await startChatFor(db, host, { reference, buyerId });
      if (!started) return null;
      if ("refused" in started) throw new Problem("conflict", { reason: started.refused });
      const chat = await findHostChat(db, host, started.chatId);
      return chat && { status: started.created ? 201 : 200, body: chat };
    },
  },
  user: {
    async handle({ db, viewer, body, request }) {
      if (body.buyerId && body.buyerId !== viewer.id) {
        throw new Problem("forbidden", { detail: "A user starts chats as the buyer himself" });
      }
      const most = environment().limitNewChatsPerHour;
      const started = await startChat(db, viewer, body.reference, most);
      if (!started) return null;
      if ("refused" in started) return refuseStart(request, started);
      const chat = await findChat(db, viewer, started.chatId);
      return chat && { status: started.created ? 201 : 200, body: chat };
    },
  },
});

type Refused = Extract<NonNullable<Awaited<ReturnType<typeof startChat>>>, { refused: string }>;

export function refuseStart(request: Request, refused: Refused): never {
  if (refused.refused === "tooMany") {
    const { retryAfter } = refused;
    const values = { minutes: Math.ceil(retryAfter / 60) };
    refuseAs(request, { phrase: { id: "listings.tooManyChats", values }, retryAfter });
  }
  throw new Problem("conflict", { reason: refused.refused });
}

const { after, ...ofHosts } = hostChatsQuery.shape;

const list = operation({
  id: "listChats",
  method: "GET",
  path: "/chats",
  tag,
  summary: "List chats",
  description:
    "A user's own, the one with the latest message first. A host's are those of all people, the newest first.",
  query: z.strictObject({
    filter: z.enum(["all", "unread", "archived"]).optional().meta({
      description:
        "Of users: all that are not archived, those with unread messages, or the archived",
    }),
    q: z.string().max(200).optional().meta({
      description: "Of users: words in names, subjects and messages",
      example: "lamp",
    }),
    ...ofHosts,
    after,
    limit: limitField(environment().limitChatsPerPage),
  }),
  answers: { 200: { description: "A page of chats", body: pageOf(anyChatShape) } },
  host: {
    scope: "chats:read",
    async handle({ db, host, query: { filter, q, limit: size, ...asked } }) {
      refuseFields({ filter, q }, "A host has no such list", "/query");
      const { chats, next } = await listHostChats(db, host, { ...asked, size });
      return { body: { data: chats, next } };
    },
  },
  user: {
    async handle({ db, viewer, query: { filter = "all", q, after, limit: size, ...others } }) {
      refuseFields(others, "This is for hosts", "/query");
      const { chats, next } = await listChats(db, viewer, { filter, q, after, size });
      return { body: { data: chats.map(({ chat }) => chat), next } };
    },
  },
});

const get = operation({
  id: "getChat",
  method: "GET",
  path: "/chats/{id}",
  tag,
  summary: "See a chat",
  params: chatParams,
  answers: { 200: { description: "The chat", body: anyChatShape } },
  host: {
    scope: "chats:read",
    async handle({ db, host, params }) {
      const chat = await findHostChat(db, host, params.id);
      return chat && { body: chat };
    },
  },
  user: { handle: ({ db, viewer, params }) => chatReply(db, viewer, params.id) },
});

const change = operation({
  id: "changeChat",
  method: "PATCH",
  path: "/chats/{id}",
  tag,
  summary: "Close a chat",
  description: "It can be read, and nobody can write. Closing a closed chat changes nothing.",
  params: chatParams,
  body: z.strictObject({ status: z.literal("closed") }),
  answers: { 200: { description: "The chat as it is now", body: anyChatShape } },
  refusals: [409],
  host: {
    scope: "chats:write",
    async handle({ db, host, params, body, provided }) {
      const set = await setChatStatus(db, host, params.id, body, provided);
      if (!set) return null;
      if ("refused" in set) throw new Problem("conflict", { reason: set.refused });
      const chat = await findHostChat(db, host, params.id);
      return chat && { body: chat };
    },
  },
  user: {
    async handle({ db, viewer, params, request, provided }) {
      const closed = await closeChat(db, viewer, params.id, provided);
      if (!closed) return null;
      if ("refused" in closed) refuseAs(request, { phrase: { id: "chat.notOpen" } });
      return chatReply(db, viewer, params.id);
    },
  },
});

async function chatReply(db: Db, viewer: Viewer, id: string) {
  const chat = await findChat(db, viewer, id);
  return chat && { body: chat };
}

export const chatOperations: Operation[] = [start, list, get, change];
