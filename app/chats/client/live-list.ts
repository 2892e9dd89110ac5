import { useLocation } from "@remix-run/react";
import { useEffect, useMemo, useRef, useState } from "react";
import { otherParty } from "~/chats/chat";
import type { ListedChat } from "~/chats/list.server";
import { loadRoute } from "~/http/client/route-fetch";
import { type Packed, unpack } from "~/http/packed";
import { useLive } from "~/live/client/live";

type Listed = {
  chats: ListedChat[];
  online: string[];
  viewerId: string;
  filter: string;
  q: string;
  isFirst: boolean;
};

/** A list that is not simply the latest chats is read again when something happened, this late. */
const refreshMs = 400;

/** The rows of the list as they stand now: newest first, with what the stream brought. */
export function useLiveList(loaded: Listed) {
  const live = useLive();
  const { revision } = live;
  const { pathname, search } = useLocation();
  // Read again beside the router: without a connection the list stays as it is.
  const [fresh, setFresh] = useState<{ over: Listed; list: Listed }>();
  const { chats, online, viewerId, filter, q, isFirst } =
    fresh?.over === loaded ? fresh.list : loaded;
  const refresh = useRef(async () => {});
  refresh.current = async () => {
    const answer = await loadRoute<Packed<Listed>>(`${pathname}${search}`, "routes/chats");
    if (answer.kind === "data") setFresh({ over: loaded, list: unpack(answer.data) });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision stands for the store's content
  const rows = useMemo(() => {
    const merged = chats.map((row) => {
      const chat = live.chatNow(row.chat);
      const newest = live.newestMessage(chat.id);
      const isNewer =
        newest &&
        (newest.seq > (row.lastMessage?.seq ?? 0) ||
          (newest.seq === row.lastMessage?.seq && newest.version > row.lastMessage.version));
      const lastMessage = isNewer ? newest : row.lastMessage;
      const lastMessageAt = lastMessage?.createdAt ?? chat.lastMessageAt;
      const unread = live.unreadOf(chat.id);
      const other = otherParty(chat, viewerId)?.id ?? "";
      const isOnline = live.people.isOnline(other, online.includes(other));
      const isTyping = live.people.isTyping(chat.id, other);
      const now = { ...chat, lastMessageAt };
      return { ...row, chat: now, lastMessage, unread, isOnline, isTyping };
    });
    if (!isFirst) return merged;
    return merged.sort((a, b) => (a.chat.lastMessageAt < b.chat.lastMessageAt ? 1 : -1));
  }, [chats, online, viewerId, isFirst, live, revision]);

  // Chats that the stream told of and the page does not show: it has to be read again. So has a
  // filtered page, because any message can move a chat into it or out of it.
  const isPlain = filter === "all" && !q && isFirst;
  const shown = new Set(chats.map(({ chat }) => chat.id));
  const unknown = live.chatIds
    .filter((chatId) => !shown.has(chatId))
    .map((chatId) => `${chatId} ${live.newestMessage(chatId)?.seq}`);
  const reason = isPlain ? unknown.join() : `${filter} ${q} ${revision}`;
  const handled = useRef(reason);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => {
    if (handled.current === reason || !isFirst) return;
    handled.current = reason;
    // The first of many changes starts the clock: a busy list must not wait for a quiet moment.
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void refresh.current();
    }, refreshMs);
  }, [reason, isFirst]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return rows;
}
