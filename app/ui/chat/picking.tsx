import { type ChangeEvent, type ComponentType, useEffect, useRef, useState } from "react";
import type { TriedPicture } from "~/attachments/attachment";
import type { Picking, Tray } from "~/attachments/client/tray";
import { withSentences } from "~/ui/client-catalogs";
import type { Language } from "~/ui/i18n";

let comes: Promise<typeof import("~/ui/pictures/composing")> | undefined;

/**
 * What a message with pictures is made with, in the reader's language: one promise for all who wait
 * for it, so that what was chosen first is there first.
 */
export function composing() {
  comes ??= withSentences("pictures", import("~/ui/pictures/composing"));
  comes.catch(() => {
    comes = undefined;
  });
  return comes;
}

type Opened = { tray: Tray; View: ComponentType<{ tray: Tray }> };

/**
 * Pictures for the next message: by button, by camera, pasted, dropped on the page, and those from
 * before a reload. Whatever does more than notice them is loaded when there are any.
 *
 * @param what undefined where none are wanted
 * @param tried those of a message that the plain form sent and that was refused
 */
export function usePicking(what: Picking | undefined, tried?: readonly TriedPicture[]) {
  const [opened, setOpened] = useState<Opened>();
  const [hasFailed, setHasFailed] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  async function add(files: Iterable<File>) {
    if (!what) return;
    const chosen = [...files];
    try {
      const { trayOf, PictureTray } = await composing();
      const tray = trayOf(what);
      tray.adopt(tried);
      tray.add(chosen);
      setOpened({ tray, View: PictureTray });
      setHasFailed(false);
    } catch {
      setHasFailed(true);
    }
  }
  const latest = useRef(add);
  latest.current = add;
  const key = what?.key;

  useEffect(() => {
    if (!key) return;
    // Chosen before this script was there, or before a reload.
    if (input.current?.files?.length) takeFrom(input.current, latest.current);
    else if (tried || isKept(key)) void latest.current([]);
    const take = (event: ClipboardEvent | DragEvent) => {
      const data = "clipboardData" in event ? event.clipboardData : event.dataTransfer;
      // Words with a picture of themselves, as office programs copy them, are words.
      if (!data?.files.length || data.types.includes("text/plain")) return;
      event.preventDefault();
      void latest.current(data.files);
    };
    const allow = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    addEventListener("paste", take);
    addEventListener("drop", take);
    addEventListener("dragover", allow);
    return () => {
      removeEventListener("paste", take);
      removeEventListener("drop", take);
      removeEventListener("dragover", allow);
    };
  }, [key, tried]);

  return { tray: opened?.tray, View: opened?.View, hasFailed, add, input };
}

type Props = { picking: ReturnType<typeof usePicking>; t: Language["t"] };

/** Without scripts the first is a file field of the form. */
export function PickButtons({ picking, t }: Props) {
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => takeFrom(target, picking.add);
  return (
    <>
      <label className="pick pick-camera icon-camera">
        <span>{t("picture.camera")}</span>
        <input type="file" accept="image/*" capture="environment" onChange={onChange} />
      </label>
      <label className="pick icon-image-plus">
        <span>{t("chat.addPictures")}</span>
        <input
          ref={picking.input}
          type="file"
          name="images"
          multiple
          accept="image/jpeg,image/png,image/webp,image/gif,image/avif"
          onChange={onChange}
        />
      </label>
    </>
  );
}

function takeFrom(input: HTMLInputElement, add: (files: Iterable<File>) => void) {
  add(input.files ?? []);
  // The same file can be chosen again, and the form itself sends none.
  input.value = "";
}

function isKept(key: string): boolean {
  try {
    return Boolean(sessionStorage.getItem(key));
  } catch {
    return false;
  }
}
