import { Form, Link } from "@remix-run/react";
import {
  type FormEvent,
  type KeyboardEvent,
  lazy,
  Suspense,
  useEffect,
  useRef,
  useState,
} from "react";
import type { TriedPicture } from "~/attachments/attachment";
import type { Picking } from "~/attachments/client/tray";
import type { Outbox } from "~/chats/client/outbox";
import type { Message } from "~/chats/message";
import { isLonger, maxUnits } from "~/chats/text-length";
import type { Told } from "~/safety/told";
import { type Phrase, useLanguage } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { TriedPictures as EagerlyTried } from "~/ui/pictures/tried-pictures";
import { Quote } from "./message-item";
import { composing, PickButtons, usePicking } from "./picking";
import { Refusal } from "./refusal";

/** How many characters before the limit the count shows. */
const countFrom = 200;

/** Only the plain form needs them: in browsers they come when one was refused. */
const TriedPictures = import.meta.env.SSR
  ? EagerlyTried
  : lazy(async () => ({ default: (await composing()).TriedPictures }));

const pictureFault: Phrase = { id: "picture.notReady" };

export type ComposerProps = {
  /** Where the form goes without scripts: the chat, with what the message is about. */
  action: string;
  /** The chat, with nothing to answer or to edit. */
  cancelPath: string;
  /** The client id of the next message, so that a plain form is safe to send again. */
  draftId: string;
  /** What was typed and refused, and why. */
  typed?: string;
  errors?: Phrase[];
  /** Where the filters refused it. */
  filtered?: Told;
  /** Those of the refused message. */
  pictures?: readonly TriedPicture[];
  replyTo?: Message;
  editing?: Message;
  maxLength: number;
  /** Where pictures can be sent. */
  picking?: Picking;
  /** What was typed here before the page was loaded again. */
  readKept?: () => string;
  /** Hears all that is typed. */
  onType?: (text: string) => void;
  /** Takes over from the form where scripts run. */
  onSend?: (draft: Omit<Parameters<Outbox["send"]>[0], "chatId">) => void;
};

export function Composer({ action, draftId, maxLength, onSend, editing, ...props }: ComposerProps) {
  const language = useLanguage();
  const { t } = language;
  const { number } = language.format;
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState(props.errors);
  const [length, setLength] = useState(0);
  useEffect(() => setErrors(props.errors), [props.errors]);
  const { readKept } = props;
  useEffect(() => {
    const kept = readKept?.();
    if (!kept || !field.current || field.current.value) return;
    field.current.value = kept;
    setLength(kept.length);
  }, [readKept]);
  // Whoever chose to answer or to edit wants to type.
  const about = editing?.seq ?? props.replyTo?.seq;
  useEffect(() => {
    if (about) field.current?.focus();
  }, [about]);

  const picking = usePicking(editing ? undefined : props.picking, props.pictures);
  const { tray, View: Tray } = picking;
  const told = picking.hasFailed ? [pictureFault] : errors;
  // Until something else is wrong with it.
  const filtered = told === props.errors ? props.filtered : undefined;

  function check(body: string): Phrase[] | undefined {
    if (tray?.hasRefused) return [{ id: "picture.removeRefused" }];
    if (!body.trim() && !tray?.pictures.length) return [{ id: "chat.body.empty" }];
    if (isLonger(body.trim(), maxLength))
      return [{ id: "chat.body.tooLong", values: { max: maxLength } }];
  }

  function submit(event: FormEvent) {
    const input = field.current;
    if (!input) return;
    const wrong = check(input.value);
    setErrors(wrong);
    if (wrong) event.preventDefault();
    if (wrong || !onSend || editing) return;
    event.preventDefault();
    onSend({ body: input.value, replyTo: props.replyTo?.seq, pictures: tray?.take() });
    input.value = "";
    setLength(0);
    props.onType?.("");
    input.focus();
  }

  function sendOnEnter(event: KeyboardEvent) {
    const touch = matchMedia("(pointer: coarse)").matches;
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || touch) return;
    event.preventDefault();
    form.current?.requestSubmit();
  }

  return (
    <Form
      ref={form}
      key={editing?.seq ?? "new"}
      method="post"
      // Pictures come last: by then the server knows what they are for.
      encType={editing ? undefined : "multipart/form-data"}
      action={action}
      aria-label={t("chat.composer")}
      onSubmit={submit}
      className="composer"
    >
      {(editing || props.replyTo) && (
        <div className="flex items-start gap-2 pb-2">
          <div className="min-w-0 flex-1">
            {editing ? (
              <p className="py-1 font-semibold text-accent text-sm">{t("chat.editing")}</p>
            ) : (
              props.replyTo && <Quote message={props.replyTo} language={language} />
            )}
          </div>
          <Link
            to={props.cancelPath}
            preventScrollReset
            aria-label={t("chat.cancel")}
            className="flex size-11 items-center justify-center rounded-xl text-muted hover:bg-sunken"
          >
            <Icon className="icon-x size-5" />
          </Link>
        </div>
      )}
      <input type="hidden" name="intent" value={editing ? "edit" : "send"} />
      {editing ? (
        <input type="hidden" name="seq" value={editing.seq} />
      ) : (
        <>
          <input type="hidden" name="clientId" value={draftId} />
          <input type="hidden" name="replyTo" value={props.replyTo?.seq ?? ""} />
        </>
      )}
      {Tray && tray ? (
        <Tray tray={tray} />
      ) : (
        props.pictures &&
        !editing && (
          <Suspense>
            <TriedPictures pictures={props.pictures} />
          </Suspense>
        )
      )}
      {filtered && (
        // Before the field for pictures, after which nothing is read any more.
        <Suspense>
          <Refusal told={filtered} id="body-error" isEdit={Boolean(editing)} />
        </Suspense>
      )}
      <div className="composer-line">
        <label htmlFor="body" className="sr-only">
          {t("chat.message")}
        </label>
        <textarea
          ref={field}
          id="body"
          name="body"
          dir="auto"
          rows={1}
          autoComplete="off"
          defaultValue={props.typed ?? editing?.body ?? ""}
          placeholder={t("chat.placeholder")}
          aria-invalid={told?.length ? true : undefined}
          aria-describedby={told?.length ? "body-error" : undefined}
          // A longer one would be refused before anybody read it, text and all.
          maxLength={maxUnits}
          onChange={(event) => {
            setLength(event.target.value.length);
            props.onType?.(event.target.value);
          }}
          onKeyDown={sendOnEnter}
          className="composer-field"
        />
        <button
          type="submit"
          aria-label={t(editing ? "chat.saveEdit" : "chat.send")}
          className="composer-send"
        >
          <Icon className="icon-send-horizontal size-5 rtl:-scale-x-100" />
        </button>
        {/* After all other fields, as the encoding of the form says. */}
        {props.picking && !editing && <PickButtons picking={picking} t={t} />}
      </div>
      {length > maxLength - countFrom && (
        <p className="pe-14 pt-1 text-end text-muted text-xs tabular-nums">
          {number(length)} / {number(maxLength)}
        </p>
      )}
      {told && told.length > 0 && !filtered && (
        <p id="body-error" role="alert" className="px-4 pt-1.5 text-danger text-sm">
          {told.map((error) => t(error.id, error.values)).join(" ")}
        </p>
      )}
    </Form>
  );
}
