import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { CaseForm } from "../disputes/case-form";
import type { Thread } from "../disputes/case-view";
import { freezeChat, thawChat } from "./freezing.server";
import { joinChat, leaveChat } from "./joining.server";
import { listPrivateThreads } from "./private-thread.server";
import { redactMessage } from "./redacting.server";
import { writeInCase } from "./writing.server";

const intents = ["join", "leave", "freeze", "thaw", "write", "redact"] as const;

/** What is done in the chat of a case, and needs the case to be open. */
export type ChatIntent = (typeof intents)[number];

export function isOfChat(form: CaseForm): form is Extract<CaseForm, { intent: ChatIntent }> {
  return intents.some((intent) => intent === form.intent);
}

/**
 * @param chatId the chat's that the case is on
 * @returns null when no case opens such a chat to this viewer, or it has no such message
 */
export async function actInCaseChat(
  db: Db,
  viewer: Viewer,
  chatId: string,
  form: Extract<CaseForm, { intent: ChatIntent }>,
): Promise<object | null> {
  switch (form.intent) {
    case "join":
      return joinChat(db, viewer, chatId);
    case "leave":
      // Who leaves twice has left; who may not know of the chat learns nothing.
      return (await leaveChat(db, viewer, chatId)) ?? listPrivateThreads(db, viewer, chatId);
    case "freeze":
      return freezeChat(db, viewer, chatId, form.reason);
    case "thaw":
      return thawChat(db, viewer, chatId);
    case "write":
      return writeInCase(db, viewer, { ...form, chatId, to: form.thread });
    case "redact": {
      const within = await chatOfThread(db, viewer, chatId, form.thread);
      return within ? redactMessage(db, viewer, { ...form, chatId: within }) : null;
    }
  }
}

/** @returns null where there is no such thread for this viewer */
export async function chatOfThread(
  db: Db,
  viewer: Viewer,
  chatId: string,
  thread: Thread,
): Promise<string | null> {
  if (thread === "both") return chatId;
  const known = await listPrivateThreads(db, viewer, chatId);
  // An appeal's own comes after the one of what it appeals.
  return known?.findLast(({ side }) => side === thread)?.chatId ?? null;
}
