import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  isRouteErrorResponse,
  useActionData,
  useLoaderData,
} from "@remix-run/react";
import { v4 as uuidv4 } from "uuid";
import { requireViewer } from "~/accounts/viewer.server";
import { act } from "~/chats/act.server";
import { otherParty } from "~/chats/chat";
import { chatForm, chatIdShape } from "~/chats/drafts";
import { readChatPage } from "~/chats/history.server";
import { pageCursor } from "~/chats/page-cursor.server";
import { markRead } from "~/chats/positions.server";
import { marksRead } from "~/chats/reading.server";
import { sendLimits } from "~/chats/send-limits.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { chatPath } from "~/http/paths";
import { environment } from "~/operations/environment.server";
import { ChatPage } from "~/ui/chat/chat-page";
import type { Phrase } from "~/ui/i18n";
import { titledBy } from "~/ui/page-title";

export const headers = answerHeaders;
export const handle = titledBy<typeof loader>(
  (page) => otherParty(page.chat, page.viewerId)?.name ?? "",
);

const windows = () => ({
  editMs: environment().limitEditMinutes * 60_000,
  unsendMs: environment().limitUnsendHours * 3_600_000,
});

const limitSends = sendLimits({
  perSecond: environment().limitSendsPerSecond,
  burst: environment().limitSendBurst,
  perMinute: environment().limitSendsPerMinute,
});

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const chatId = found(chatIdShape.safeParse(params.chatId).data);
  await pageCursor();
  const search = new URL(request.url).searchParams;
  const page = found(
    await readChatPage(db, viewer, {
      chatId,
      size: environment().limitMessagesPerPage,
      before: seqIn(search, "before"),
      after: seqIn(search, "after"),
      around: seqIn(search, "around"),
      about: seqIn(search, "edit") ?? seqIn(search, "reply"),
    }),
  );
  const last = page.messages.at(-1);
  if (last && marksRead(request, context)) await markRead(db, viewer, { chatId, seq: last.seq });
  return {
    ...page,
    viewerId: viewer.id,
    now: new Date(),
    draftId: uuidv4(),
    isEditing: search.has("edit"),
    isClosing: search.has("closing"),
    maxLength: environment().limitMessageCharacters,
    windows: windows(),
  };
}

/** @returns undefined for what is no place in a chat: the newest page is shown then */
function seqIn(search: URLSearchParams, name: string): number | undefined {
  const text = search.get(name);
  return text && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const chatId = found(chatIdShape.safeParse(params.chatId).data);
  const form = await readForm(request, chatForm(environment().limitMessageCharacters));
  if (!form.ok) return refuse(form.result, form.status);
  if (form.value.intent === "send") {
    const limited = await limitSends(viewer.id);
    if (limited) {
      const seconds = limited.retryAfter;
      const refusal = form.refuse({ body: { id: "chat.tooFast", values: { seconds } } });
      return refuse(refusal.result, 429, { "Retry-After": String(seconds) });
    }
  }
  const result = found(await act(db, viewer, chatId, form.value, windows()));
  if ("refused" in result) {
    const { status, result: reply } = form.refuse({ [result.field]: result.refused });
    return refuse(reply, status);
  }
  // The client's own fetch wants the message; everything else leads back to the chat.
  const byScript = form.value.intent === "send" || form.value.intent === "read";
  if (byScript && !context.isDocument) return { sent: result.message ?? null };
  if (form.value.intent === "archive") return redirect("/chats", 303);
  return redirect(chatPath(chatId), 303);
}

type Reply = {
  error?: Record<string, Phrase[] | null> | null;
  initialValue?: Record<string, unknown> | null;
};

function refuse({ error, initialValue }: Reply, status: number, headers?: HeadersInit) {
  const errors = Object.values(error ?? {}).flatMap((phrases) => phrases ?? []);
  const [refused = { id: "error.invalid" } satisfies Phrase] = errors;
  const typed = initialValue?.body;
  return data(
    { refused, errors, typed: typeof typed === "string" ? typed : undefined },
    { status, headers },
  );
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
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refused = answer && "refused" in answer ? answer : undefined;
  return <ChatPage key={page.chat.id} page={page} refused={refused} />;
}
