import type { Viewer } from "~/accounts/viewer";
import type { Chat } from "~/chats/chat";
import type { Place } from "~/chats/page-range.server";
import type { Db } from "~/db/client.server";
import { chatOfThread } from "../access/case-chat-acts.server";
import type { CaseMessage } from "../access/case-message";
import { readCaseChat } from "../access/read-case-chat.server";
import { searchCaseChat } from "../access/search-case-chat.server";
import type { Thread } from "./case-view";

/** The chat of a case, or a thread beside it, as its page shows it. */
export type CaseTalk = {
  /** Null for a thread in which nothing was written yet. */
  chatId: string | null;
  status: Chat["status"];
  /** Whether the viewer is in it, where those in it see that he is. */
  isIn: boolean;
  messages: CaseMessage[];
  quoted: CaseMessage[];
  lastSeq: number;
  /** With words to look for: what was found instead of a page. */
  found: { hasMore: boolean } | null;
};

type Asked = Place & { thread: Thread; size: number; q: string };

const nothing = { chatId: null, status: "open", isIn: false, lastSeq: 0, found: null } as const;

/**
 * Reads a page of it, or looks for words in it; either is in the audit log.
 *
 * @param chatId the chat's that the case is on
 * @returns null when no case opens such a chat to this viewer
 */
export async function readCaseTalk(
  db: Db,
  viewer: Viewer,
  chatId: string,
  { thread, q, ...place }: Asked,
): Promise<CaseTalk | null> {
  const within = await chatOfThread(db, viewer, chatId, thread);
  if (!within) return { ...nothing, messages: [], quoted: [] };
  if (q) {
    const found = await searchCaseChat(db, viewer, { chatId: within, q });
    return (
      found && { ...nothing, chatId: within, messages: found.messages, quoted: [], found: found }
    );
  }
  const page = await readCaseChat(db, viewer, { chatId: within, ...place });
  if (!page) return null;
  const { chat, messages, quoted, everybody } = page;
  const isIn = everybody.some(({ id, leftAt }) => id === viewer.id && !leftAt);
  return {
    chatId: within,
    status: chat.status,
    isIn,
    messages,
    quoted,
    lastSeq: chat.lastSeq,
    found: null,
  };
}
