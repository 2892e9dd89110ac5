import { Suspense } from "react";
import type { Outbox, Pending } from "~/chats/client/outbox";
import type { Message } from "~/chats/message";
import { buttonClass } from "~/ui/button";
import { comingApart } from "~/ui/client-catalogs";
import { type Phrase, useLanguage, useT } from "~/ui/i18n";
import { MessageItem } from "./message-item";
import { Refusal } from "./refusal";

const PendingPictures = comingApart("pictures", () => import("~/ui/pictures/pending-pictures"));

/** Said where the reasons cannot be loaded: as they come apart, so do their sentences. */
const notAccepted: Phrase = { id: "chat.notAccepted" };

type Props = {
  pending: readonly Pending[];
  viewerId: string;
  quoted: ReadonlyMap<number, Message>;
  outbox: Outbox;
};

/** Messages on their way stand in the chat at once; a failed one says why and waits. */
export function PendingMessages({ pending, viewerId, quoted, outbox }: Props) {
  const language = useLanguage();
  return pending.map((item) => (
    <MessageItem
      key={item.clientId}
      language={language}
      message={item.sent ?? asMessage(item, viewerId)}
      mine
      grouped={false}
      mark={item.sent ? "sent" : item.failed ? "failed" : outbox.isHeldUp ? "waiting" : "sending"}
      quoted={item.replyTo ? quoted.get(item.replyTo) : undefined}
      pictures={
        item.pictures?.length && !item.sent ? (
          <Suspense>
            <PendingPictures item={item} userId={viewerId} outbox={outbox} />
          </Suspense>
        ) : undefined
      }
      mayReply={false}
      mayReport={false}
      mayEdit={false}
      mayUnsend={false}
      footer={
        !item.sent && (item.failed || outbox.isHeldUp) && <Choices item={item} outbox={outbox} />
      }
    />
  ));
}

type ChoicesProps = { item: Pending; outbox: Outbox };

/** What can be done with a message that is not sent. */
function Choices({ item, outbox }: ChoicesProps) {
  const t = useT();
  const { clientId, failed, attempts, told } = item;
  return (
    <div className="flex w-full flex-wrap items-center justify-end gap-1">
      {failed && told ? (
        <Suspense fallback={<NotSent reason={notAccepted} />}>
          <Refusal told={told} item={item} outbox={outbox} />
        </Suspense>
      ) : failed ? (
        <NotSent reason={failed} />
      ) : (
        <p className="text-end text-muted text-sm">
          {t("chat.mark.waiting")}
          {/* Deleting it here cannot call it back. */}
          {attempts > 0 && ` · ${t("chat.mayHaveArrived")}`}
        </p>
      )}
      {failed && !told && (
        <button
          type="button"
          className={buttonClass("quiet")}
          onClick={() => outbox.retry(clientId)}
        >
          {t("chat.retry")}
        </button>
      )}
      <button
        type="button"
        className={buttonClass("quiet", "text-danger")}
        onClick={() => outbox.discard(clientId)}
      >
        {t("chat.delete")}
      </button>
    </div>
  );
}

function NotSent({ reason: { id, values } }: { reason: Phrase }) {
  return (
    <p role="alert" className="text-end text-danger text-sm">
      {useT()(id, values)}
    </p>
  );
}

/** It has no place in the chat yet: seq 0. */
function asMessage(
  { clientId, chatId, body, pictures, replyTo, createdAt }: Pending,
  viewerId: string,
): Message {
  return {
    id: clientId,
    chatId,
    seq: 0,
    version: 0,
    clientId,
    sender: { id: viewerId, name: "", role: "buyer" },
    type: pictures ? "image" : "text",
    body: body.trim(),
    // Known when it is stored.
    links: [],
    event: null,
    attachments: [],
    replyTo: replyTo ?? null,
    createdAt,
    editedAt: null,
    deletedAt: null,
    isRedacted: false,
  };
}
