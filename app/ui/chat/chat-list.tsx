import { Form, Link, NavLink } from "@remix-run/react";
import { Search } from "lucide-react";
import type { ReactNode } from "react";
import type { Chat } from "~/chats/chat";
import { otherParty } from "~/chats/chat";
import type { Message } from "~/chats/message";
import { chatPath } from "~/http/paths";
import { useFormat, useT } from "~/ui/i18n";
import { OneLine } from "~/ui/one-line";
import { SubjectPicture } from "~/ui/subject-picture";
import { Avatar } from "./avatar";
import { MatchExcerpt } from "./match-excerpt";
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
  const t = useT();
  return (
    <>
      <Form role="search" action="/chats" className="relative p-3 pb-2">
        {filter !== "all" && <input type="hidden" name="filter" value={filter} />}
        <label htmlFor="q" className="sr-only">
          {t("chats.search")}
        </label>
        <Search aria-hidden className="absolute start-6 top-6 size-5 text-muted" />
        <input
          id="q"
          name="q"
          type="search"
          key={q}
          defaultValue={q}
          maxLength={200}
          placeholder={t("chats.search")}
          className="min-h-11 w-full rounded-full border border-line bg-canvas ps-11 pe-4"
        />
      </Form>
      <nav aria-label={t("chats.filters")} className="flex gap-1.5 px-3 pb-3">
        {filters.map((one) => (
          <Link
            key={one}
            to={listPath({ filter: one, q })}
            aria-current={one === filter ? "true" : undefined}
            className="inline-flex min-h-9 items-center rounded-full border border-line px-3.5 text-sm hover:bg-sunken aria-[current=true]:border-accent aria-[current=true]:bg-accent-soft aria-[current=true]:font-semibold"
          >
            {t(`chats.filter.${one}`)}
          </Link>
        ))}
      </nav>
      {children}
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
  viewerId: string;
  now: Date;
  /** What was searched for. */
  q: string;
  /** Of the list, so that it stays as it is while a chat is open. */
  search: string;
};

export function ChatRow({ chat, lastMessage, match, unread, viewerId, now, q, search }: RowProps) {
  const t = useT();
  const { brief } = useFormat();
  const other = otherParty(chat, viewerId);
  const shown = match ?? lastMessage;
  const preview = shown ? messagePreview(shown) : "";
  const query = new URLSearchParams(search);
  if (match) query.set("around", String(match.seq));
  return (
    <li>
      <NavLink
        to={{
          pathname: chatPath(chat.id),
          search: query.size ? `?${query}` : "",
          hash: match ? `#m-${match.seq}` : "",
        }}
        className="flex gap-3 px-3 py-3 hover:bg-sunken focus-visible:outline-offset-[-2px] aria-[current=page]:bg-accent-soft"
      >
        <span className="relative self-start">
          <SubjectPicture picture={chat.subject.picture} className="size-11 rounded-xl" />
          <span className="absolute -end-1.5 -bottom-1.5 scale-60">
            {other && <Avatar id={other.id} name={other.name} />}
          </span>
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <OneLine className="flex-1 font-semibold">{other?.name}</OneLine>
            <time
              dateTime={chat.lastMessageAt}
              className={`shrink-0 text-xs ${unread ? "font-semibold text-accent" : "text-muted"}`}
            >
              {brief(new Date(chat.lastMessageAt), now)}
            </time>
          </span>
          <OneLine className="text-muted text-sm">{chat.subject.title}</OneLine>
          <span className="flex items-center gap-2">
            <span
              className={`flex min-w-0 flex-1 gap-1 text-sm ${unread ? "font-medium" : "text-muted"}`}
            >
              {shown?.sender?.id === viewerId && <span>{t("chats.you")}</span>}
              <OneLine>
                <Preview preview={preview} q={match ? q : ""} />
              </OneLine>
            </span>
            {unread > 0 && (
              <span className="shrink-0 rounded-full bg-accent px-2 py-0.5 font-semibold text-on-accent text-xs tabular-nums">
                {t("app.unread", { count: unread })}
              </span>
            )}
          </span>
        </span>
      </NavLink>
    </li>
  );
}

function Preview({ preview, q }: { preview: ReturnType<typeof messagePreview>; q: string }) {
  const t = useT();
  if (typeof preview !== "string") return t(preview.id, preview.values);
  return q ? <MatchExcerpt text={preview} q={q} /> : preview;
}
