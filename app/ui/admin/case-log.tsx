import { Form, Link } from "@remix-run/react";
import { Fragment, useRef } from "react";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { CaseMessage } from "~/moderation/access/case-message";
import type { Thread } from "~/moderation/disputes/case-view";
import { Button, buttonClass } from "~/ui/button";
import { isClose } from "~/ui/chat/message-log";
import { usePictures } from "~/ui/chat/use-pictures";
import { TextArea } from "~/ui/field";
import { type Language, useLanguage } from "~/ui/i18n";
import { CaseMessageItem } from "./case-message";

type Props = {
  /** In the order of seq. */
  messages: readonly CaseMessage[];
  /** What they answer and does not stand among them. */
  quoted: readonly CaseMessage[];
  lastSeq: number;
  now: number;
  /** The seq that the address points at, and the one whose removal is being asked for. */
  target?: number;
  redacting?: number;
  thread: Thread;
  /** The address of this page with another place in the chat. */
  pathTo: (search: Record<string, number | undefined>) => string;
  refusal?: RefusedForm;
};

/** A page of the chat as it happened, by day. */
export function CaseLog(props: Props) {
  const { messages, quoted, lastSeq, now, target, redacting, thread, pathTo, refusal } = props;
  const language = useLanguage();
  const { t, format } = language;
  const log = useRef<HTMLDivElement>(null);
  usePictures(log);
  const dayOf = (message: CaseMessage) => format.dayKey(new Date(message.createdAt));
  const first = messages[0]?.seq ?? 1;
  const last = messages.at(-1)?.seq ?? lastSeq;
  const bySeq = new Map([...quoted, ...messages].map((message) => [message.seq, message]));
  return (
    // Reversed, a scrolling box starts at its end and stays there, with no script.
    <div
      ref={log}
      role="log"
      aria-label={t("chat.messages")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto bg-canvas overscroll-contain focus-visible:-outline-offset-2"
    >
      <div className="pb-3">
        {first > 1 && (
          <p className="flex justify-center pt-3">
            <Link
              to={pathTo({ before: first })}
              preventScrollReset
              className={buttonClass("secondary")}
            >
              {t("chat.olderMessages")}
            </Link>
          </p>
        )}
        {messages.map((message, at) => {
          const before = messages[at - 1];
          const newDay = !before || dayOf(before) !== dayOf(message);
          return (
            <Fragment key={message.seq}>
              {newDay && (
                <p className="day-line">
                  <time dateTime={dayOf(message)}>
                    {format.day(new Date(message.createdAt), new Date(now))}
                  </time>
                </p>
              )}
              <CaseMessageItem
                message={message}
                language={language}
                grouped={!newDay && isClose(before, message)}
                isTarget={message.seq === target}
                quoted={message.replyTo ? bySeq.get(message.replyTo) : undefined}
                redactPath={`${pathTo({ redact: message.seq, around: message.seq })}#m-${message.seq}`}
              >
                {redacting === message.seq && !message.isRedacted && (
                  <Redacting
                    seq={message.seq}
                    thread={thread}
                    cancelPath={pathTo({ around: message.seq })}
                    language={language}
                    refusal={refusal}
                  />
                )}
              </CaseMessageItem>
            </Fragment>
          );
        })}
        {last < lastSeq && (
          <p className="flex justify-center gap-2 pt-3">
            <Link
              to={pathTo({ after: last })}
              preventScrollReset
              className={buttonClass("secondary")}
            >
              {t("chat.newerMessages")}
            </Link>
            <Link to={pathTo({})} preventScrollReset className={buttonClass("secondary")}>
              {t("chat.newest")}
            </Link>
          </p>
        )}
      </div>
    </div>
  );
}

type RedactingProps = {
  seq: number;
  thread: Thread;
  cancelPath: string;
  language: Language;
  refusal?: RefusedForm;
};

/** Asked with a reason before it is done: the sides see that it was removed, and not what it said. */
function Redacting({ seq, thread, cancelPath, language: { t }, refusal }: RedactingProps) {
  const { errors, typed } = partOf(refusal, "redact");
  return (
    <Form
      method="post"
      preventScrollReset
      className="mt-1 w-full space-y-3 rounded-xl border border-danger bg-surface p-3"
    >
      <input type="hidden" name="thread" value={thread} />
      <input type="hidden" name="seq" value={seq} />
      <TextArea
        id="redact-reason"
        name="reason"
        rows={2}
        required
        label={t("case.redact.reason")}
        hint={t("case.redact.hint")}
        errors={errors.reason}
        defaultValue={typed.reason}
      />
      <div className="flex justify-end gap-2">
        <Link to={cancelPath} preventScrollReset className={buttonClass("secondary")}>
          {t("chat.cancel")}
        </Link>
        <Button name="intent" value="redact">
          {t("case.redact")}
        </Button>
      </div>
    </Form>
  );
}
