import { z } from "zod";
import { asAct } from "~/chats/act.server";
import { changeWindows, limitSends } from "~/chats/chat-form.server";
import { messageDraft, seqField } from "~/chats/drafts";
import { answerUpload } from "~/chats/picture-form.server";
import { markRead } from "~/chats/positions.server";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import { sendMessage } from "~/chats/send.server";
import { postSystemMessage } from "~/integration/host/post-system-message.server";
import { readHostMessages } from "~/integration/host/read-messages.server";
import { type MessagePage, messagesQuery } from "~/integration/messages/message-page";
import { readMessages } from "~/integration/messages/read-messages.server";
import { environment } from "~/operations/environment.server";
import { storage } from "~/storage/storage.server";
import { doneOf, refuseAs, sentOf, unread } from "../from-act.server";
import { type Operation, operation } from "../operation";
import { Problem } from "../problem";
import { messageShape, pageOf, seqParam } from "../shapes";
import { chatParams, isForm, refuseFields } from "./fields.server";

const tag = "Messages" as const;
const messageParams = chatParams.extend({ seq: seqParam });
const draft = messageDraft(environment().limitMessageCharacters).shape;

const body = draft.body.meta({
  description: `What it says: up to ${environment().limitMessageCharacters} characters`,
  example: "Is it still available?",
});
const confirm = draft.confirm.meta({
  description: "From the answer to a message that its sender was warned of",
});

/** `POST /chats/{id}/messages`. */
const newMessage = z.strictObject({
  clientId: draft.clientId.meta({
    description:
      "Made by the sender: the same one again is the same message, however often it comes",
    example: "0b4c2a0e-7a52-4a2f-9a55-3c2d4ed1a001",
  }),
  type: z
    .enum(["text", "system"])
    .default("text")
    .meta({ description: "Users send `text`, hosts `system`: it is shown as the marketplace's" }),
  body,
  replyTo: seqField.nullish().meta({ description: "The seq that it answers", example: 2 }),
  confirm,
});

const withImages = z.strictObject({
  clientId: z.guid(),
  body: z.string().optional(),
  replyTo: z.string().optional(),
  images: z.array(z.file()).max(environment().limitImagesPerMessage),
  alt: z
    .array(z.string())
    .optional()
    .meta({ description: "What each picture shows, in their order" }),
});

const list = operation({
  id: "listMessages",
  method: "GET",
  path: "/chats/{id}/messages",
  tag,
  summary: "Read a chat's messages",
  description:
    "The newest first, and before `before`; with `after` the oldest first. Seqs have no holes, so pages neither overlap nor miss a message, whatever arrives meanwhile. That a host read them is in the audit log.",
  params: chatParams,
  query: messagesQuery,
  answers: { 200: { description: "A page of messages", body: pageOf(messageShape) } },
  refusals: [503],
  host: {
    scope: "chats:read",
    handle: async ({ db, host, params, query }) =>
      pageReply(await readHostMessages(db, storage, host, params.id, query).catch(unread)),
  },
  user: {
    handle: async ({ db, viewer, params, query }) =>
      pageReply(await readMessages(db, storage, viewer, params.id, query).catch(unread)),
  },
});

const pageReply = (page: MessagePage | null) =>
  page && { body: { data: page.messages, next: page.next === null ? null : String(page.next) } };

const send = operation({
  id: "sendMessage",
  method: "POST",
  path: "/chats/{id}/messages",
  tag,
  summary: "Send a message",
  description:
    "Answered when the message is stored. A repeat with the same client id gets the same message, with 200. What the filters refuse is a 422 that says which words and why.",
  params: chatParams,
  body: newMessage,
  multipart: withImages,
  answers: {
    201: { description: "It was sent", body: messageShape },
    200: { description: "It had been sent before", body: messageShape },
  },
  refusals: [409, 413, 503],
  host: {
    scope: "chats:write",
    async handle({ db, host, params, body, request }) {
      if (isForm(request)) throw new Problem("unsupportedMediaType", { detail: "Hosts send JSON" });
      const { type, clientId, body: words, ...others } = body;
      if (type !== "system") refuseType("Hosts send system messages");
      refuseFields(others, "This is for users", "");
      const said = { clientId, body: words };
      const posted = await postSystemMessage(db, storage, host, params.id, said).catch(unread);
      if (!posted) return null;
      if ("refused" in posted) throw new Problem("conflict", { reason: posted.refused });
      return { status: posted.repeated ? 200 : 201, body: posted.message };
    },
  },
  user: {
    async handle({ db, viewer, params, body, request }) {
      if (isForm(request)) {
        const context = { db, storage, viewer, chatId: params.id };
        const answer = await answerUpload(context, request, { fields: [["intent", "send"]] });
        const message = answer && sentOf(request, answer);
        return message && { status: answer.isRepeat ? 200 : 201, body: message };
      }
      if (body.type !== "text") refuseType("Users send text");
      const limited = await limitSends(viewer.id);
      if (limited) {
        const phrase = { id: "chat.tooFast", values: { seconds: limited.retryAfter } } as const;
        refuseAs(request, { phrase, retryAfter: limited.retryAfter });
      }
      const { replyTo, type: _, ...draft } = body;
      const asked = { ...draft, replyTo: replyTo ?? undefined, chatId: params.id };
      const sent = await sendMessage(db, viewer, asked);
      if (!sent) return null;
      const { message, isRepeat } = doneOf(request, asAct(sent));
      return { status: isRepeat ? 200 : 201, body: message };
    },
  },
});

function refuseType(message: string): never {
  throw new Problem("invalid", { errors: [{ path: "/type", message }] });
}

const edit = operation({
  id: "editMessage",
  method: "PATCH",
  path: "/chats/{id}/messages/{seq}",
  tag,
  summary: "Change what one's own message says",
  description: "For some minutes after sending; what it said before is kept for moderators.",
  params: messageParams,
  body: z.strictObject({ body, confirm }),
  answers: { 200: { description: "The message as it is now", body: messageShape } },
  refusals: [409],
  user: {
    async handle({ db, viewer, params, body, request }) {
      const { id: chatId, seq } = params;
      const { editMs: windowMs } = changeWindows();
      const edited = await editMessage(db, viewer, { chatId, seq, ...body, windowMs });
      return edited && { body: doneOf(request, asAct(edited)).message };
    },
  },
});

const unsend = operation({
  id: "unsendMessage",
  method: "DELETE",
  path: "/chats/{id}/messages/{seq}",
  tag,
  summary: "Take one's own message back",
  description: "Its place stays; its words are kept for moderators only.",
  params: messageParams,
  answers: { 200: { description: "The message without its words", body: messageShape } },
  refusals: [409],
  user: {
    async handle({ db, viewer, params, request }) {
      const { id: chatId, seq } = params;
      const { unsendMs: windowMs } = changeWindows();
      const unsent = await unsendMessage(db, viewer, { chatId, seq, windowMs });
      return unsent && { body: doneOf(request, asAct(unsent)).message };
    },
  },
});

const read = operation({
  id: "markRead",
  method: "PUT",
  path: "/chats/{id}/read",
  tag,
  summary: "Say how far one has read",
  description: "Never backwards, and never past the last message.",
  params: chatParams,
  body: z.strictObject({
    seq: seqField.meta({ description: "The last message that was read", example: 3 }),
  }),
  answers: { 204: { description: "It is noted" } },
  user: {
    async handle({ db, viewer, params, body }) {
      const marked = await markRead(db, viewer, { chatId: params.id, seq: body.seq });
      return marked && { status: 204 };
    },
  },
});

export const messageOperations: Operation[] = [list, send, edit, unsend, read];
