import { maxAltUnits } from "~/attachments/alt-text";
import type { Attachment, TriedPicture } from "~/attachments/attachment";
import { useT } from "~/ui/i18n";

/** What became of each picture of a refused message: who sends again need not choose those again. */
export function TriedPictures({ pictures }: { pictures: readonly TriedPicture[] }) {
  const t = useT();
  return (
    <ul aria-label={t("picture.viewer")} className="flex flex-wrap gap-2 pb-2">
      {pictures.map(({ index, name, refused, kept }) => (
        <li key={index} className="flex max-w-full items-center gap-2 rounded-xl bg-sunken p-2">
          {kept && <KeptPicture kept={kept} number={index + 1} />}
          {refused && (
            <p role="alert" className="min-w-0 text-danger text-sm">
              <bdi className="block truncate font-semibold">
                {name || t("picture.number", { number: index + 1 })}
              </bdi>
              {t(refused.id, refused.values)}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function KeptPicture({ kept, number }: { kept: Attachment; number: number }) {
  const t = useT();
  const { id, thumbnailUrl, width, height, alt } = kept;
  const name = t("picture.number", { number });
  return (
    <>
      <img
        src={thumbnailUrl}
        alt={name}
        width={width}
        height={height}
        className="size-16 rounded-lg object-cover"
      />
      <div className="space-y-1 text-sm">
        <label className="flex items-center gap-2">
          <input type="checkbox" name="kept" value={id} defaultChecked />
          {t("picture.keep", { number })}
        </label>
        <input
          name={`alt-${id}`}
          defaultValue={alt ?? ""}
          aria-label={t("picture.describe", { number })}
          placeholder={t("picture.describeHint")}
          maxLength={maxAltUnits}
          dir="auto"
          className="min-h-9 w-48 rounded-lg border border-line bg-canvas px-2"
        />
      </div>
    </>
  );
}
