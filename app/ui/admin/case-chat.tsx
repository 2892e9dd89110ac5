import { useLocation } from "@remix-run/react";
import { casePath } from "~/http/paths";
import type { RefusedForm } from "~/http/refused-form";
import type { CaseTalk as Talk } from "~/moderation/disputes/case-talk.server";
import type { CaseView, Thread } from "~/moderation/disputes/case-view";
import { useT } from "~/ui/i18n";
import { CaseLog } from "./case-log";
import { CaseTalk, ClosedTalk } from "./case-talk";
import { FoundMessages } from "./found-messages";
import { useFollowedChat } from "./use-followed-chat";

type Props = {
  view: CaseView;
  /** Null where it cannot be read any more. */
  talk: Talk | null;
  shown: { thread: Thread; q: string; redact?: number };
  draftId: string;
  now: number;
  refusal?: RefusedForm;
};

/** The chat of a case with what a moderator can do in it. */
export function CaseChat({ view, talk, shown, draftId, now, refusal }: Props) {
  const t = useT();
  const { hash } = useLocation();
  useFollowedChat(talk?.chatId ?? null);
  if (!talk) return <ClosedTalk />;
  const { thread, q, redact } = shown;
  const pathTo = (place: Record<string, number | undefined>) =>
    casePath(view.dispute.id, { thread, ...place });
  const [buyer, seller] = view.sides;
  const writing = {
    isIn: talk.isIn,
    isFrozen: talk.status === "frozen",
    draftId,
    sentIds: talk.messages.map(({ clientId }) => clientId),
    refusal,
  };
  return (
    <CaseTalk
      view={view}
      thread={thread}
      pathOf={(thread) => casePath(view.dispute.id, { thread })}
      writing={talk.found ? null : writing}
      q={q}
    >
      {talk.found ? (
        <FoundMessages messages={talk.messages} hasMore={talk.found.hasMore} pathTo={pathTo} />
      ) : talk.chatId ? (
        <CaseLog
          key={thread}
          messages={talk.messages}
          quoted={talk.quoted}
          lastSeq={talk.lastSeq}
          now={now}
          target={Number(/^#m-(\d+)$/.exec(hash)?.[1]) || undefined}
          redacting={redact}
          thread={thread}
          pathTo={pathTo}
          refusal={refusal}
        />
      ) : (
        <p className="flex-1 px-6 py-12 text-center text-muted">
          {t("case.thread.empty", { name: thread === "seller" ? seller.name : buyer.name })}
        </p>
      )}
    </CaseTalk>
  );
}
