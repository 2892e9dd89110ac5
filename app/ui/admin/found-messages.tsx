import { Link } from "@remix-run/react";
import { isOfHost } from "~/chats/system-event";
import type { CaseMessage } from "~/moderation/access/case-message";
import { messagePreview } from "~/ui/chat/phrases";
import { useFormat, useT } from "~/ui/i18n";

type Props = {
  /** The newest first. */
  messages: readonly CaseMessage[];
  hasMore: boolean;
  pathTo: (place: { around: number }) => string;
};

/** Messages that have the words that were looked for, or ever had them; each leads to its place. */
export function FoundMessages({ messages, hasMore, pathTo }: Props) {
  const t = useT();
  const format = useFormat();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      {messages.length === 0 && (
        <p className="px-6 py-12 text-center text-muted">{t("case.search.none")}</p>
      )}
      <ul className="divide-y divide-line">
        {messages.map((message) => {
          const preview = messagePreview(message);
          const earlier = message.earlier.flatMap(({ body }) => body ?? []);
          return (
            <li key={message.seq}>
              <Link
                to={`${pathTo({ around: message.seq })}#m-${message.seq}`}
                preventScrollReset
                data-row
                className="block px-4 py-3 text-sm hover:bg-sunken focus-visible:-outline-offset-2"
              >
                <span className="text-muted text-xs">
                  <bdi className="font-medium">
                    {message.sender?.name ?? t(isOfHost(message) ? "app.marketplace" : "app.name")}
                  </bdi>{" "}
                  ·{" "}
                  <time dateTime={message.createdAt}>
                    {format.moment(new Date(message.createdAt))}
                  </time>
                </span>
                {earlier.map((body) => (
                  <del key={body} dir="auto" className="line-clamp-2 text-muted">
                    {body}
                  </del>
                ))}
                <span dir="auto" className="line-clamp-2 [overflow-wrap:anywhere]">
                  {typeof preview === "string" ? preview : t(preview.id, preview.values)}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      {hasMore && <p className="px-4 py-3 text-muted text-sm">{t("case.search.more")}</p>}
    </div>
  );
}
