import { type FormEvent, type KeyboardEvent, useEffect, useRef } from "react";
import { maxAltUnits } from "~/attachments/alt-text";
import type { Outbox, Pending } from "~/chats/client/outbox";
import { maxUnits } from "~/chats/text-length";
import { buttonClass } from "~/ui/button";
import { useT } from "~/ui/i18n";

type Props = { item: Pending; retry: Outbox["retry"]; cancel: () => void };

/**
 * Changes a refused message where it stands, so that it keeps its place, its pictures and what it
 * answers, and whatever is being written below stays as it is.
 */
export function RefusedEditor({ item, retry, cancel }: Props) {
  const t = useT();
  const field = useRef<HTMLTextAreaElement>(null);
  const { clientId, body, pictures } = item;
  useEffect(() => {
    const { current } = field;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const alts = form.getAll("alt").map(String);
    const changed = pictures?.map((one, at) => ({ ...one, alt: alts[at] ?? one.alt }));
    retry(clientId, { body: String(form.get("changed")), pictures: changed });
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const isTouch = matchMedia("(pointer: coarse)").matches;
    if (event.key === "Escape") cancel();
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || isTouch) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  }

  return (
    <form onSubmit={submit} className="refusal-editor">
      <textarea
        ref={field}
        name="changed"
        dir="auto"
        rows={1}
        aria-label={t("chat.editing")}
        defaultValue={body}
        // Pictures need no words.
        required={!pictures?.length}
        maxLength={maxUnits}
        onKeyDown={onKeyDown}
        className="composer-field"
      />
      {pictures?.map(({ id, alt }, at) => (
        <input
          key={id}
          name="alt"
          dir="auto"
          defaultValue={alt}
          aria-label={t("picture.describe", { number: at + 1 })}
          placeholder={t("picture.describeHint")}
          maxLength={maxAltUnits}
          className="composer-field"
        />
      ))}
      <button type="submit" className={buttonClass("primary")}>
        {t("chat.send")}
      </button>
      <button type="button" className={buttonClass("quiet")} onClick={cancel}>
        {t("chat.cancel")}
      </button>
    </form>
  );
}
