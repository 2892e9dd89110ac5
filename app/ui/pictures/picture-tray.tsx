import { useEffect, useRef, useSyncExternalStore } from "react";
import { maxAltUnits } from "~/attachments/alt-text";
import type { PickedPicture } from "~/attachments/client/picked-picture";
import { dropPreview } from "~/attachments/client/preview";
import type { Tray } from "~/attachments/client/tray";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { usePreview } from "./use-preview";

type Props = { tray: Tray };

/** The pictures of the next message, each to be described or removed. */
export function PictureTray({ tray }: Props) {
  const t = useT();
  const pictures = useSyncExternalStore(tray.subscribe, () => tray.pictures);
  const list = useRef<HTMLUListElement>(null);
  const count = pictures.length;

  function remove(at: number, id: string) {
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    // Whoever removes by keyboard goes on from where he was.
    (buttons[at + 1] ?? buttons[at - 1])?.focus();
    void dropPreview(id);
    tray.remove(id);
  }

  return (
    <>
      <p role="status" className="sr-only">
        {t("picture.chosen", { count })}
      </p>
      {count > 0 && (
        <ul
          ref={list}
          aria-label={t("picture.tray")}
          className="flex items-start gap-2 overflow-x-auto overscroll-x-contain p-1 pb-2"
        >
          {pictures.map((picture, at) => (
            <Chosen
              key={picture.id}
              tray={tray}
              picture={picture}
              number={at + 1}
              onRemove={() => remove(at, picture.id)}
            />
          ))}
        </ul>
      )}
    </>
  );
}

type ChosenProps = { tray: Tray; picture: PickedPicture; number: number; onRemove: () => void };

function Chosen({ tray, picture, number, onRemove }: ChosenProps) {
  const t = useT();
  const preview = usePreview(tray.userId, picture);
  const { id, alt } = picture;
  const wasRefused = Boolean(picture.refused);
  const name = t("picture.number", { number });
  useEffect(() => {
    if (preview?.isLost && !wasRefused) tray.refuse(id, { id: "picture.lost" });
  }, [tray, preview, id, wasRefused]);
  const refused = tray.refusalOf(picture);
  const whole = useRef<HTMLLIElement>(null);
  const isRefused = Boolean(refused);
  useEffect(() => {
    if (isRefused) whole.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [isRefused]);
  return (
    <li ref={whole} className={`tray-picture ${refused ? "tray-picture-refused" : ""}`}>
      <div className="picture icon-image">
        {preview?.url && <img src={preview.url} alt={alt || name} />}
        <button
          type="button"
          aria-label={t("picture.remove", { name: picture.name || name })}
          onClick={onRemove}
        >
          <Icon className="icon-x size-4" />
        </button>
      </div>
      {refused ? (
        <p role="alert">
          {!preview?.url && (
            <bdi dir="auto" className="block truncate font-medium">
              {picture.name}
            </bdi>
          )}
          {t(refused.id, refused.values)}
        </p>
      ) : (
        <input
          type="text"
          dir="auto"
          value={alt}
          maxLength={maxAltUnits}
          aria-label={t("picture.describe", { number })}
          placeholder={t("picture.describeHint")}
          onChange={(event) => tray.describe(id, event.target.value)}
          onKeyDown={(event) => {
            // It would send the message.
            if (event.key === "Enter") event.preventDefault();
          }}
        />
      )}
    </li>
  );
}
