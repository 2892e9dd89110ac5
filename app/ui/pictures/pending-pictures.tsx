import { useEffect, useSyncExternalStore } from "react";
import type { PickedPicture } from "~/attachments/client/picked-picture";
import { inSentOrder } from "~/attachments/client/post-pictures";
import { dropPreview } from "~/attachments/client/preview";
import { type Uploads, uploadsOf } from "~/attachments/client/uploads";
import type { Outbox, Pending } from "~/chats/client/outbox";
import { gridClass, shownSize } from "~/ui/chat/picture-grid";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { usePreview } from "./use-preview";

type Props = {
  item: Pending;
  userId: string;
  outbox: Pick<Outbox, "leaveOut">;
};

/** The pictures of a message on its way, and how far each of them is; a refused one says why. */
export default function PendingPictures({ item, userId, outbox }: Props) {
  const t = useT();
  const uploads = uploadsOf(userId);
  const { clientId, pictures = [] } = item;
  const parts = usePartsOf(uploads, clientId);
  const ordered = inSentOrder(pictures);
  const isRefused = (one: PickedPicture) => item.failed && one.refused;
  const fine = pictures.filter((one) => !isRefused(one));
  const count = pictures.length;
  const nameOf = (one: PickedPicture) =>
    one.alt || t("picture.alt", { index: pictures.indexOf(one) + 1, count });
  return (
    <>
      {fine.length > 0 && (
        <div className="relative">
          <div className={`pictures ${gridClass(fine.length)}`}>
            {fine.map((one) => (
              <OnItsWay
                key={one.id}
                userId={userId}
                picture={one}
                name={nameOf(one)}
                part={parts?.[ordered.indexOf(one)]}
              />
            ))}
          </div>
          {parts && (
            <button
              type="button"
              aria-label={t("picture.stop")}
              title={t("picture.stop")}
              className="pictures-stop"
              onClick={() => uploads.stop(clientId)}
            >
              <Icon className="icon-x size-5" />
            </button>
          )}
        </div>
      )}
      {fine.length < count && (
        <ul className="mb-1 w-80 max-w-full">
          {pictures.map(
            (one) =>
              isRefused(one) && (
                <Refused
                  key={one.id}
                  userId={userId}
                  picture={one}
                  name={nameOf(one)}
                  onRemove={() => outbox.leaveOut(clientId, one.id)}
                />
              ),
          )}
        </ul>
      )}
    </>
  );
}

function usePartsOf(uploads: Uploads, clientId: string): number[] | undefined {
  return useSyncExternalStore(uploads.subscribe, () => uploads.partsOf(clientId));
}

type OneProps = { userId: string; picture: PickedPicture; name: string };

function OnItsWay({ userId, picture, name, part }: OneProps & { part?: number }) {
  const t = useT();
  const preview = usePreview(userId, picture);
  const { id } = picture;
  useEffect(() => () => void dropPreview(id), [id]);
  return (
    <div>
      <img {...shownSize(preview ?? unknownSize)} src={preview?.url ?? nothing} alt={name} />
      {part !== undefined && (
        <progress value={part} max={1} aria-label={t("picture.progress", { name })} />
      )}
    </div>
  );
}

function Refused({ userId, picture, name, onRemove }: OneProps & { onRemove: () => void }) {
  const t = useT();
  const preview = usePreview(userId, picture);
  const { refused } = picture;
  return (
    <li className="flex items-center gap-2 py-1 text-sm">
      <span className="picture icon-image size-14 shrink-0 rounded-lg">
        {preview?.url && <img src={preview.url} alt={name} />}
      </span>
      <p role="alert" className="min-w-0 flex-1 text-danger">
        {refused && t(refused.id, refused.values)}
      </p>
      <button
        type="button"
        aria-label={t("picture.remove", { name: picture.name || name })}
        className="grid size-11 shrink-0 place-items-center rounded-full text-muted hover:bg-sunken"
        onClick={onRemove}
      >
        <Icon className="icon-x size-5" />
      </button>
    </li>
  );
}

const unknownSize = { width: 320, height: 320 };
/** An image without an address shows as broken. */
const nothing = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
