import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  isRouteErrorResponse,
  useActionData,
  useLoaderData,
} from "@remix-run/react";
import { v4 as uuidv4 } from "uuid";
import { readAsViewer, requireViewer } from "~/accounts/viewer.server";
import { namesOfOthers } from "~/chats/chat";
import { answerChatForm, changeWindows, readChatForm } from "~/chats/chat-form.server";
import { idShape } from "~/chats/drafts";
import { listOnline } from "~/chats/online.server";
import { pageCursor } from "~/chats/page-cursor.server";
import { readPersonCard } from "~/chats/person-card.server";
import { answerUpload } from "~/chats/picture-form.server";
import { markRead } from "~/chats/positions.server";
import { marksRead } from "~/chats/reading.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { isMultipart } from "~/http/form-fault.server";
import { found } from "~/http/found.server";
import { pack, unpack } from "~/http/packed";
import { chatPath, loginPath } from "~/http/paths";
import { noteLook } from "~/moderation/access/looks.server";
import { noteOpened } from "~/notifications/opened.server";
import { environment } from "~/operations/environment.server";
import { readAnyChatPage } from "~/retention/archive/archived-page.server";
import { unreadArchive } from "~/retention/archive/unread.server";
import { storage } from "~/storage/storage.server";
import { cardWords } from "~/ui/card-words.server";
import { ChatPage } from "~/ui/chat/chat-page";
import type { Phrase } from "~/ui/i18n";
import { titledBy } from "~/ui/page-title";

export const headers = answerHeaders;
export const handle = titledBy<typeof loader>((packed) => {
  const { chat, viewerId } = unpack(packed);
  return namesOfOthers(chat, viewerId);
});

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const chatId = idShape.safeParse(params.chatId).data;
  const search = new URL(request.url).searchParams;
  const asked = {
    size: environment().limitMessagesPerPage,
    before: seqIn(search, "before"),
    after: seqIn(search, "after"),
    around: seqIn(search, "around"),
    about: seqIn(search, "edit") ?? seqIn(search, "reply"),
  };
  const { viewer, result } = await readAsViewer(request, async (db, viewer) => {
    if (!chatId) return null;
    void pageCursor(db);
    const reading = readAnyChatPage(db, storage, viewer, { chatId, ...asked }).catch(unreadArchive);
    const chats = reading.then((page) => (page ? [page.chat] : []));
    // Asked for at once, to be one statement with the page.
    const [online, card] = await Promise.all([
      listOnline(db, viewer, chats, context.isOnline),
      readPersonCard(db, viewer, chatId),
    ]);
    const page = await reading;
    return page && { ...page, online, card: card && cardWords(card, request) };
  });
  const page = found(result);
  found(await noteLook(db, viewer, page));
  if (page.chat.dispute || page.chat.privateThread) {
    await noteOpened(db, viewer, request, { questionsIn: page.chat.id });
  }
  const last = page.messages.at(-1);
  const isNews = last && last.seq > page.readSeq;
  if (isNews && marksRead(request, context)) {
    await markRead(db, viewer, { chatId: page.chat.id, seq: last.seq });
  }
  return pack({
    ...page,
    viewerId: viewer.id,
    now: Date.now(),
    draftId: uuidv4(),
    isEditing: search.has("edit"),
    isClosing: search.has("closing"),
    maxLength: environment().limitMessageCharacters,
    pictureLimits: {
      count: environment().limitImagesPerMessage,
      bytes: environment().limitImageBytes,
    },
    windows: changeWindows(),
  });
}

/** @returns undefined for what is no place in a chat: the newest page is shown then */
function seqIn(search: URLSearchParams, name: string): number | undefined {
  const text = search.get(name);
  return text && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const chatId = found(idShape.safeParse(params.chatId).data);
  const answer = found(
    isMultipart(request)
      ? await answerUpload({ db, storage, viewer, chatId }, request)
      : await answerChatForm(db, viewer, chatId, await readChatForm(request)),
  );
  // The session ended between the two looks at it.
  if (answer.status === 401 && context.isDocument) throw redirect(loginPath(chatPath(chatId)), 303);
  if ("refused" in answer.body) {
    const { status, retryAfter, body } = answer;
    return data(body, { status, headers: retryAfter ? { "Retry-After": `${retryAfter}` } : {} });
  }
  const { intent } = answer;
  // The client's own fetch wants the message; everything else leads back to the chat.
  const byScript = ["send", "read", "viewed", "typing"].includes(intent ?? "");
  if (byScript && !context.isDocument) return answer.body;
  if (intent === "archive") return redirect("/chats", 303);
  return redirect(chatPath(chatId), 303);
}

/** Without a connection nothing is lost: the message waits for another try. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs) {
  try {
    return await serverAction<typeof action>();
  } catch (error) {
    if (error instanceof Response || isRouteErrorResponse(error)) throw error;
    const refused: Phrase = { id: "chat.offline" };
    return { refused, errors: [refused] };
  }
}

export { shouldRevalidate } from "~/chats/client/revalidation";

export default function ChatRoute() {
  const page = unpack(useLoaderData<typeof loader>());
  const answer = useActionData<typeof action>();
  const refused = answer && "refused" in answer ? answer : undefined;
  return <ChatPage key={page.chat.id} page={page} refused={refused} />;
}
