import type { ReactNode } from "react";
import type { Chat } from "~/chats/chat";
import { namesOfOthers, otherParty } from "~/chats/chat";
import type { Message } from "~/chats/message";
import { chatPath } from "~/http/paths";
import { followed } from "~/ui/followed-links";
import { type Language, useLanguage, useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { type Still, Stills } from "~/ui/stills";
import { SubjectPicture } from "~/ui/subject-picture";
import { Avatar } from "./avatar";
import { MatchExcerpt } from "./match-excerpt";
import { mutedMark } from "./muted-mark";
import { messagePreview } from "./phrases";

export const filters = ["all", "unread", "archived"] as const;
export type Filter = (typeof filters)[number];

type ListProps = {
  filter: Filter;
  q: string;
  children: ReactNode;
};

/** The frame of the list: search, filters, and the chats themselves. */
export function ChatList({ filter, q, children }: ListProps) {
  const { key } = useLanguage();
  const choices = {
    id: "choices",
    key: JSON.stringify(["choices", key, filter, q]),
    make: () => <Choices filter={filter} q={q} />,
  };
  return (
    <>
      <Stills as="div" stills={[choices]} />
      {children}
    </>
  );
}

/** Its form and links are plain: the page's frame follows them. */
function Choices({ filter, q }: Omit<ListProps, "children">) {
  const t = useT();
  return (
    <>
      <search className="relative block p-3 pb-2">
        <form action="/chats" {...followed}>
          {filter !== "all" && <input type="hidden" name="filter" value={filter} />}
          <label htmlFor="q" className="sr-only">
            {t("chats.search")}
          </label>
          <Icon className="icon-search absolute start-6 top-6 size-5 text-muted" />
          <input
            id="q"
            name="q"
            type="search"
            key={q}
            defaultValue={q}
            maxLength={200}
            placeholder={t("chats.search")}
            className="list-search"
          />
        </form>
      </search>
      <nav aria-label={t("chats.filters")} className="flex gap-1.5 px-3 pb-3">
        {filters.map((one) => (
          <a
            key={one}
            href={listPath({ filter: one, q })}
            {...followed}
            aria-current={one === filter ? "true" : undefined}
            className="list-filter"
          >
            {t(`chats.filter.${one}`)}
          </a>
        ))}
      </nav>
    </>
  );
}

export function listPath({ filter, q, after }: { filter: Filter; q: string; after?: string }) {
  const search = new URLSearchParams();
  if (filter !== "all") search.set("filter", filter);
  if (q) search.set("q", q);
  if (after) search.set("after", after);
  return search.size ? `/chats?${search}` : "/chats";
}

type RowProps = {
  chat: Chat;
  lastMessage: Message | null;
  match: Message | null;
  unread: number;
  isOnline: boolean;
  isTyping: boolean;
  viewerId: string;
  /** Handed down, because a page has many rows and each hook in each of them counts. */
  language: Language;
  isOpen: boolean;
  now: Date;
  /** What was searched for. */
  q: string;
  /** Of the list, so that it stays as it is while a chat is open. */
  search: string;
};

/** What a row shows follows from what is in its key. */
export function rowStill(props: RowProps): Still {
  const { chat, lastMessage, match, unread, viewerId, language, isOpen, now, q, search } = props;
  const { isOnline, isTyping } = props;
  const shown = match ?? lastMessage;
  const key = [
    language.key,
    chat.id,
    namesOfOthers(chat, viewerId),
    chat.subject.title,
    chat.subject.picture,
    chat.lastMessageAt,
    language.format.brief(new Date(chat.lastMessageAt), now),
    shown && [shown.id, shown.version, shown.sender?.id === viewerId],
    match && q,
    [unread, isOnline, isTyping, isOpen, search, chat.isBlocked, chat.mutedUntil, chat.status],
  ];
  return { id: chat.id, key: JSON.stringify(key), make: () => <ChatRow {...props} /> };
}

/** Its link is plain: the list follows it. */
function ChatRow({ chat, lastMessage, match, unread, viewerId, ...props }: RowProps) {
  const { language, isOpen, now, q, search, isOnline, isTyping } = props;
  const { t, format } = language;
  const other = otherParty(chat, viewerId);
  const shown = match ?? lastMessage;
  return (
    <li>
      <a
        href={rowPath(chat, match, search)}
        aria-current={isOpen ? "page" : undefined}
        className={unread ? "chat-row chat-row-unread" : "chat-row"}
      >
        <span className="chat-row-face">
          <SubjectPicture picture={chat.subject.picture} className="size-11 rounded-xl" />
          {other && <Avatar id={other.id} name={other.name} className="chat-row-person" />}
          {isOnline && <span className="chat-row-online">{t("chat.online")}</span>}
        </span>
        <span dir="auto" className="chat-row-name">
          {namesOfOthers(chat, viewerId)}
        </span>
        <time dateTime={chat.lastMessageAt}>{format.brief(new Date(chat.lastMessageAt), now)}</time>
        <span dir="auto" className="chat-row-subject">
          {mutedMark(chat, t)}
          {chat.privateThread && <b>{t("chat.private")} </b>}
          {chat.status === "archived" && <b>{t("chats.archivedChat")} </b>}
          {chat.isBlocked && <b>{t("chats.blocked")} </b>}
          {chat.subject.title}
        </span>
        <span className="chat-row-said">
          {isTyping ? (
            <span className="truncate text-accent">{t("chats.typing")}</span>
          ) : (
            <>
              {shown?.sender?.id === viewerId && <span>{t("chats.you")}</span>}
              <span dir="auto" className="truncate">
                {shown && <Preview message={shown} q={match ? q : ""} language={language} />}
              </span>
            </>
          )}
        </span>
        {unread > 0 && <span className="chat-row-badge">{t("app.unread", { count: unread })}</span>}
      </a>
    </li>
  );
}

function rowPath(chat: Chat, match: Message | null, search: string) {
  const path = chatPath(chat.id);
  if (!match) return search ? `${path}?${search}` : path;
  const query = new URLSearchParams(search);
  query.set("around", String(match.seq));
  return `${path}?${query}#m-${match.seq}`;
}

type PreviewProps = { message: Message; q: string; language: Language };

function Preview({ message, q, language }: PreviewProps) {
  const preview = messagePreview(message);
  if (typeof preview !== "string") return language.t(preview.id, preview.values);
  return q ? <MatchExcerpt text={preview} q={q} /> : preview;
}
