import { Form, Link } from "@remix-run/react";
import { ChevronLeft, EllipsisVertical } from "lucide-react";
import { type Chat, otherParty } from "~/chats/chat";
import { chatsPath, listingPath } from "~/http/paths";
import { useFormat, useT } from "~/ui/i18n";

const itemClass =
  "flex min-h-11 w-full items-center px-4 text-start text-sm hover:bg-sunken focus-visible:outline-offset-[-2px]";

type Props = { chat: Chat; viewerId: string; archived: boolean; mayClose: boolean };

/** Whom one talks to and about what: in view all the time. */
export function ChatHeader({ chat, viewerId, archived, mayClose }: Props) {
  const t = useT();
  const { price } = useFormat();
  const { subject } = chat;
  const other = otherParty(chat, viewerId);
  return (
    <header className="z-10 flex items-center gap-2 border-line border-b bg-surface px-2 py-2 md:px-4">
      <Link
        to={chatsPath}
        aria-label={t("chat.back")}
        className="flex size-11 shrink-0 items-center justify-center rounded-xl hover:bg-sunken lg:hidden"
      >
        <ChevronLeft aria-hidden className="size-6 rtl:-scale-x-100" />
      </Link>
      <SubjectPicture picture={subject.picture} />
      <div className="min-w-0 flex-1">
        <h1 dir="auto" className="truncate font-semibold [text-align:match-parent]">
          {other?.name}
        </h1>
        <p className="flex min-w-0 items-center gap-2 text-muted text-sm">
          <Link
            to={listingPath(subject.reference)}
            dir="auto"
            className="truncate underline-offset-2 hover:underline"
          >
            {subject.title}
          </Link>
          <span className="shrink-0 whitespace-nowrap font-medium text-ink">
            {price(subject.priceAmount, subject.priceCurrency)}
          </span>
          <span className="shrink-0 whitespace-nowrap rounded-full bg-accent-soft px-2 py-0.5 text-accent-strong text-xs max-sm:hidden">
            {t(`chat.stage.${subject.stage}`)}
          </span>
        </p>
      </div>
      <details className="relative shrink-0">
        <summary
          aria-label={t("chat.menu")}
          className="flex size-11 cursor-pointer list-none items-center justify-center rounded-xl hover:bg-sunken [&::-webkit-details-marker]:hidden"
        >
          <EllipsisVertical aria-hidden className="size-5" />
        </summary>
        <div className="absolute end-0 top-full z-20 w-52 overflow-hidden rounded-xl border border-line bg-surface py-1 shadow-card">
          <p className="px-4 py-2 text-muted text-sm sm:hidden">
            {t(`chat.stage.${subject.stage}`)}
          </p>
          <Form method="post">
            <button
              type="submit"
              name="intent"
              value={archived ? "unarchive" : "archive"}
              className={itemClass}
            >
              {t(archived ? "chat.unarchive" : "chat.archive")}
            </button>
          </Form>
          {mayClose && (
            <Link to="?closing=1" preventScrollReset className={`${itemClass} text-danger`}>
              {t("chat.close")}
            </Link>
          )}
        </div>
      </details>
    </header>
  );
}

export function SubjectPicture({ picture }: { picture: string | null }) {
  return (
    <span className="block size-11 shrink-0 overflow-hidden rounded-xl bg-sunken">
      {picture && (
        <img src={picture} alt="" width={44} height={44} className="size-full object-cover" />
      )}
    </span>
  );
}
