import { Link } from "@remix-run/react";
import { adminChatPath, casePath, userPath } from "~/http/paths";
import type { ChatOfPerson } from "~/moderation/people/person";
import { useLanguage } from "~/ui/i18n";
import { Panel } from "./panel";

type Props = {
  userId: string;
  chats: ChatOfPerson[];
  nextChats: string | null;
  /** Whether these are the latest. */
  isFirst: boolean;
};

/** A person's chats by what they are about: finding is allowed, reading needs a case. */
export function UserChats({ userId, chats, nextChats, isFirst }: Props) {
  const { t, format } = useLanguage();
  return (
    <Panel id="chats" title={t("user.chats")}>
      {chats.length === 0 && <p className="text-muted">{t("user.noChats")}</p>}
      <ul className="divide-y divide-line">
        {chats.map(({ id, subject, role, other, status, lastMessageAt, disputeId, ...chat }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2">
            <div className="min-w-0">
              <Link
                to={adminChatPath(id)}
                className="font-medium underline-offset-2 hover:underline"
              >
                <bdi>{subject.title}</bdi>
              </Link>
              <p className="text-muted text-sm">
                {t(role === "buyer" ? "user.asBuyer" : "user.asSeller", { name: other.name })}
              </p>
              {(chat.isBlocking || chat.isBlocked) && (
                <p className="text-sm text-warning">
                  {[
                    chat.isBlocking && t("user.blocks", { name: other.name }),
                    chat.isBlocked && t("user.blockedBy", { name: other.name }),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
              )}
            </div>
            <p className="text-muted text-sm">
              {disputeId && (
                <>
                  <Link to={casePath(disputeId)} className="font-medium text-accent underline">
                    {t("user.inDispute")}
                  </Link>
                  {" · "}
                </>
              )}
              {t(`user.chatStatus.${status}`)} · {format.moment(new Date(lastMessageAt))}
            </p>
          </li>
        ))}
      </ul>
      {(nextChats || !isFirst) && (
        <p className="mt-3 flex gap-4">
          {!isFirst && (
            <Link to={`${userPath(userId)}#chats`} className="text-accent underline">
              {t("user.firstChats")}
            </Link>
          )}
          {nextChats && (
            <Link
              to={`${userPath(userId)}?${new URLSearchParams({ after: nextChats })}#chats`}
              className="text-accent underline"
            >
              {t("user.moreChats")}
            </Link>
          )}
        </p>
      )}
    </Panel>
  );
}
