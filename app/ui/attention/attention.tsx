import { Link, useLocation } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { Message } from "~/chats/message";
import { isOfHost } from "~/chats/system-event";
import { callingPath, chatPath } from "~/http/paths";
import { useConnection, useLive } from "~/live/client/live";
import { messagePreview } from "~/ui/chat/phrases";
import { countedIcon } from "~/ui/counted-title";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { makeCaller } from "./caller";
import { ring } from "./ring";

/** How long a message stands over the page, in ms. */
const shownMs = 8_000;
/** And then, while somebody is at it, until the next look. */
const heldMs = 1_000;

/** Shows a message of another chat than the open one over the page, and lets it be heard. */
export default function Attention({ userId }: { userId: string }) {
  const t = useT();
  const live = useLive();
  const connection = useConnection();
  const { pathname } = useLocation();
  const [shown, setShown] = useState<Message | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const open = useRef(pathname);
  open.current = pathname;
  const isNews = useRef<(message: Message) => boolean>(() => false);
  isNews.current = ({ chatId, seq }) => live.unreadOf(chatId) > 0 && live.readOf(chatId) < seq;

  useEffect(() => {
    const { came, changed, stop } = makeCaller({
      userId,
      isNews: (message) => isNews.current(message),
      isInView: ({ chatId }) => open.current === chatPath(chatId) && !document.hidden,
      ask: async ({ chatId }) => {
        const answer = await fetch(callingPath(chatId));
        return answer.ok ? answer.json() : null;
      },
      isLeading: () => connection.isLeading,
      ring,
      show: setShown,
    });
    // That with which this itself came.
    const newest = live.chatIds.map((id) => live.newestMessage(id)).filter((one) => one !== null);
    const [first] = newest.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    if (first) came(first);
    const stopHearing = connection.onEvent(({ event, data }) => {
      const message = data.message as Message;
      if (event === "message.created") came(message);
      if (event !== "message.updated") return;
      changed(message);
      const now = message.deletedAt ? null : message;
      setShown((former) => (former?.id === message.id ? now : former));
    });
    return () => {
      stop();
      stopHearing();
    };
  }, [connection, live, userId]);

  useDot(live.totalUnread > 0);

  useEffect(() => {
    if (!shown) return;
    const look = () => {
      // Whoever points at it or goes through it by keyboard takes his time.
      if (box.current?.matches(":hover, :focus-within")) timer = setTimeout(look, heldMs);
      else setShown(null);
    };
    let timer = setTimeout(look, shownMs);
    return () => clearTimeout(timer);
  }, [shown]);

  const isShown = shown && isNews.current(shown) && pathname !== chatPath(shown.chatId);
  const said = isShown ? messagePreview(shown) : "";
  return (
    <div role="status" className="pointer-events-none fixed inset-x-3 top-16 z-40">
      {isShown && (
        <div
          ref={box}
          className="pointer-events-auto ms-auto flex max-w-sm items-start rounded-2xl border border-line bg-surface shadow-card"
        >
          <Link to={chatPath(shown.chatId)} className="min-w-0 flex-1 rounded-2xl px-4 py-3">
            <span className="block truncate font-semibold">
              {t("attention.new", {
                name: isOfHost(shown) ? t("app.marketplace") : (shown.sender?.name ?? ""),
              })}
            </span>
            <span dir="auto" className="line-clamp-2 text-muted text-sm [overflow-wrap:anywhere]">
              {typeof said === "string" ? said : t(said.id, said.values)}
            </span>
          </Link>
          <button
            type="button"
            onClick={() => setShown(null)}
            className="flex size-11 shrink-0 items-center justify-center rounded-xl text-muted hover:text-ink"
          >
            <Icon className="icon-x size-5" />
            <span className="sr-only">{t("attention.close")}</span>
          </button>
        </div>
      )}
    </div>
  );
}

/** The dot in the browser's tab, until its reader signs out. */
function useDot(isUnread: boolean): void {
  useEffect(() => {
    setDot(isUnread);
    return () => setDot(false);
  }, [isUnread]);
}

function setDot(isUnread: boolean): void {
  document.querySelector("link[rel=icon]")?.setAttribute("href", countedIcon(isUnread ? 1 : 0));
}
