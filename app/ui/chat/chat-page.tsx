import { Link, useLocation, useNavigate } from "@remix-run/react";
import { type RefObject, Suspense, useEffect, useRef, useState } from "react";
import type { TriedPicture } from "~/attachments/attachment";
import type { PictureLimits } from "~/attachments/client/tray";
import { otherParty } from "~/chats/chat";
import { keptDraft } from "~/chats/client/kept-draft";
import { useLiveChat } from "~/chats/client/live-chat";
import { useOutbox } from "~/chats/client/outbox-provider";
import { useReadMarks } from "~/chats/client/read-marks";
import { useTypingBeat } from "~/chats/client/typing-beat";
import type { readChatPage } from "~/chats/history.server";
import type { Message } from "~/chats/message";
import { may } from "~/chats/permissions";
import { chatPath } from "~/http/paths";
import { useLive } from "~/live/client/live";
import type { Told } from "~/safety/told";
import { buttonClass } from "~/ui/button";
import { type Phrase, useT } from "~/ui/i18n";
import { DisputeBanner } from "~/ui/notices";
import { AskForPush } from "~/ui/push";
import { ChatHeader } from "./chat-header";
import { ComposerClosed, ConfirmClosing } from "./closed";
import { Composer } from "./composer";
import { UnsendForm } from "./message-actions";
import { MessageLog } from "./message-log";
import { OlderMessages } from "./older-messages";
import { PendingMessages } from "./pending-messages";
import type { CardWords } from "./person-card";
import { usePictures } from "./use-pictures";

type Page = NonNullable<Awaited<ReturnType<typeof readChatPage>>> & {
  /** Who of the others was online when the page was made. */
  online: string[];
  /** What is known of the other side. */
  card: CardWords | null;
  viewerId: string;
  /** In ms since 1970. */
  now: number;
  draftId: string;
  isEditing: boolean;
  isClosing: boolean;
  maxLength: number;
  pictureLimits: PictureLimits;
  windows: { editMs: number; unsendMs: number };
};

type Props = {
  page: Page;
  refused?: {
    errors: Phrase[];
    typed?: string;
    told?: Told;
    pictures?: readonly TriedPicture[];
  };
};

/** An old address may point at a message that can no longer be edited: it is answered instead. */
function mayEdit({ chat, about, viewerId, now, windows }: Page): boolean {
  return Boolean(about && may.edit({ id: viewerId }, chat, about, new Date(now), windows.editMs));
}

/** One chat: who and what it is about, its messages, and where to write the next. */
export function ChatPage({ page, refused }: Props) {
  const t = useT();
  const { search, hash } = useLocation();
  const navigate = useNavigate();
  const { viewerId, about } = page;
  const isEditing = page.isEditing && mayEdit(page);
  const action = chatPath(page.chat.id);
  const [older, setOlder] = useState<Message[]>([]);
  const view = useLiveChat(page, older);
  const { chat, messages, quoted } = view;
  const outbox = useOutbox();
  // What was sent stays below the chat until the chat itself shows it, once.
  const arrived = new Set(messages.map(({ clientId }) => clientId));
  const mine = outbox.pending.filter(({ chatId }) => chatId === chat.id);
  const pending = mine.filter(({ clientId }) => view.reachesEnd && !arrived.has(clientId));
  // The stream may tell of a message whose answer was lost.
  const [sentIn, setSentIn] = useState<string>();
  const done = mine.find(({ clientId }) => arrived.has(clientId));
  useEffect(() => {
    if (!done) return;
    outbox.discard(done.clientId);
    setSentIn(done.chatId);
  }, [outbox, done]);
  const whole = useRef<HTMLDivElement>(null);
  usePictures(whole);
  const log = useRef<HTMLDivElement>(null);
  const typed = useRef("");
  const [draft] = useState(() => keptDraft(viewerId, chat.id));
  const lastShown = messages.at(-1)?.seq ?? 0;
  const reading = { chatId: chat.id, viewerId, action, readSeq: page.readSeq, lastShown };
  useReadMarks(log, reading);
  const first = messages[0]?.seq ?? 1;
  const isOpen = may.post({ id: viewerId }, chat);
  const mayClose = may.close({ id: viewerId }, chat);
  const target = useTarget(log, hash);
  const { people } = useLive();
  const other = otherParty(chat, viewerId);
  const isOnline = Boolean(other && people.isOnline(other.id, page.online.includes(other.id)));
  const isTyping = Boolean(other && isOpen && people.isTyping(chat.id, other.id));
  const beat = useTypingBeat(action);

  return (
    <div ref={whole} className="flex h-full flex-col">
      <ChatHeader
        chat={chat}
        viewerId={viewerId}
        card={page.card}
        isOnline={isOnline}
        archived={page.isArchived}
        mayClose={mayClose}
      />
      {chat.dispute && (
        <Suspense>
          <DisputeBanner chatId={chat.id} dispute={chat.dispute} now={page.now} />
        </Suspense>
      )}
      {chat.privateThread && (
        <p className="bg-accent-soft px-4 py-1.5 text-center text-accent-strong text-sm">
          {t("chat.private")}
        </p>
      )}
      {page.isClosing && mayClose && (
        <Suspense>
          <ConfirmClosing action={action} />
        </Suspense>
      )}
      {/* Reversed, a scrolling box starts at its end and stays there, with no script. */}
      <div
        ref={log}
        role="log"
        aria-label={t("chat.messages")}
        aria-description={chat.privateThread ? t("chat.private") : undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className="chat-log"
      >
        <div className="pb-3">
          {first > 1 ? (
            <OlderMessages
              chatId={chat.id}
              first={first}
              onLoaded={(loaded) => setOlder((known) => [...loaded, ...known])}
            />
          ) : (
            <p className="px-6 py-5 text-center text-muted text-sm">{t("chat.start")}</p>
          )}
          <MessageLog
            chat={chat}
            messages={messages}
            quoted={quoted}
            viewerId={viewerId}
            readSeq={view.readSeq}
            now={new Date(page.now)}
            windows={page.windows}
            target={target}
          >
            <PendingMessages
              pending={pending}
              viewerId={viewerId}
              quoted={quoted}
              outbox={outbox}
            />
          </MessageLog>
          {isOpen && <UnsendForm />}
          {!view.reachesEnd && (
            <p className="flex justify-center gap-2 py-3">
              <Link
                to={`?after=${lastShown}#m-${lastShown + 1}`}
                className={buttonClass("secondary")}
              >
                {t("chat.newerMessages")}
              </Link>
              <Link to={action} className={buttonClass("secondary")}>
                {t("chat.newest")}
              </Link>
            </p>
          )}
        </div>
      </div>
      {/* Always there, so that what appears in it is read out. */}
      <p aria-live="polite" className="text-muted text-sm">
        {isTyping && (
          <span className="block truncate px-4 py-1.5">
            {t("chat.typing", { name: other?.name ?? "" })}
          </span>
        )}
      </p>
      {sentIn === chat.id && isOpen && (
        <Suspense>
          <AskForPush name={other?.name ?? ""} />
        </Suspense>
      )}
      {isOpen ? (
        <Composer
          // Another purpose is another form, with nothing left in it from before.
          key={about ? `${isEditing} ${about.seq}` : "new"}
          // A refused form comes back with what it was about.
          action={about ? `${action}?${isEditing ? "edit" : "reply"}=${about.seq}` : action}
          cancelPath={action}
          draftId={page.draftId}
          maxLength={page.maxLength}
          typed={refused?.typed}
          errors={refused?.errors}
          filtered={refused?.told}
          pictures={refused?.pictures}
          editing={isEditing ? (about ?? undefined) : undefined}
          replyTo={isEditing ? undefined : (about ?? undefined)}
          onType={(text) => {
            typed.current = text;
            if (!isEditing) draft.keep(text);
            beat(text);
          }}
          picking={{
            userId: viewerId,
            key: `pictures ${viewerId} ${chat.id}`,
            limits: page.pictureLimits,
          }}
          readKept={isEditing ? undefined : draft.read}
          onSend={(draft) => {
            outbox.send({ ...draft, chatId: chat.id });
            // Back to the end of the chat, with nothing left to answer.
            if (search) navigate(action, { preventScrollReset: true });
          }}
        />
      ) : (
        <Suspense>
          <ComposerClosed
            chat={chat}
            name={other?.name ?? ""}
            errors={refused?.errors}
            typed={refused?.typed ?? typed.current}
          />
        </Suspense>
      )}
    </div>
  );
}

/**
 * The seq that the address points at, brought into view. Where scripts change the address a browser
 * does neither that nor mark it as its target.
 */
function useTarget(log: RefObject<HTMLElement>, hash: string): number | undefined {
  const [target, setTarget] = useState<number>();
  useEffect(() => {
    const seq = Number(/^#m-(\d+)$/.exec(hash)?.[1]);
    setTarget(seq || undefined);
    log.current?.querySelector(`[data-seq="${seq}"]`)?.scrollIntoView({ block: "center" });
  }, [log, hash]);
  return target;
}
