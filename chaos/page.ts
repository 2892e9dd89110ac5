import { decode } from "turbo-stream";
import type { Chat } from "~/chats/chat";
import type { Message } from "~/chats/message";
import { type Packed, unpack } from "~/http/packed";
import { ask } from "./ask";

export type Unread = { chatId: string; lastSeq: number; readSeq: number };

/** What the pages of some chats were rendered with. The cursor is older than everything else. */
export type Loaded = {
  cursor: string;
  unread: Unread[];
  chats: { chat: Chat; messages: Message[] }[];
};

type ChatPage = { chat: Chat; messages: Message[] };
type Routes = {
  root: { data: { live: { cursor: string; unread: Unread[] } | null } };
  "routes/chat": { data: Packed<ChatPage> };
};

/**
 * Loads whole chats as the client does when it moves between pages, from their first message on.
 *
 * @throws NoAnswer, or an Error with the status when the answer is no page
 */
export async function loadPages(origin: string, cookie: string, chatIds: string[]) {
  let first: Routes["root"]["data"]["live"] = null;
  const chats: ChatPage[] = [];
  for (const chatId of chatIds) {
    const messages: Message[] = [];
    let page: ChatPage;
    do {
      const routes = await loadRoutes(origin, cookie, chatId, messages.length);
      first ??= routes.root.data.live;
      page = unpack(routes["routes/chat"].data);
      messages.push(...page.messages.filter(({ seq }) => seq > messages.length));
    } while (messages.length < page.chat.lastSeq);
    chats.push({ chat: page.chat, messages });
  }
  if (!first) throw new Error("Nobody is signed in");
  return { ...first, chats } satisfies Loaded;
}

async function loadRoutes(origin: string, cookie: string, chatId: string, after: number) {
  const path = `/chats/${chatId}.data?after=${after}`;
  const headers = { Cookie: cookie };
  const answer = await ask(origin, { method: "GET", path, headers, timeoutMs: 20_000 });
  if (answer.status !== 200)
    throw new Error(
      `${path} was answered with ${answer.status}: ${answer.body.toString().slice(-1500)}`,
    );
  const { value } = await decode(new Blob([new Uint8Array(answer.body)]).stream(), {
    plugins: [(type: unknown) => ({ value: { type } })],
  });
  return value as Routes;
}
