import type { Attachment } from "~/attachments/attachment";
import type { Language } from "~/ui/i18n";

/** How wide a picture that stands alone is shown, in CSS pixels. */
const [narrowest, widest] = [128, 320];

type Props = { attachments: readonly Attachment[]; t: Language["t"] };

/**
 * The pictures of a message. Each is a link to itself: `usePictures` opens it in place. Sizes are
 * known before anything loads, so nothing moves when it does.
 */
export function PictureGrid({ attachments, t }: Props) {
  const count = attachments.length;
  return (
    <div className={`pictures ${gridClass(count)}`}>
      {attachments.map(({ id, url, thumbnailUrl, alt, placeholder, ...size }, at) => (
        <a
          key={id}
          href={url}
          title={alt ?? undefined}
          data-picture={`${size.width}x${size.height}`}
        >
          <img
            {...shownSize(size)}
            src={thumbnailUrl}
            alt={alt ?? t("picture.alt", { index: at + 1, count })}
            loading="lazy"
            decoding="async"
            data-placeholder={placeholder}
          />
        </a>
      ))}
    </div>
  );
}

/** Of all pictures of a message together. */
export function gridClass(count: number): string {
  if (count === 1) return "";
  return count === 2 || count === 4 ? "pictures-pairs" : "pictures-grid";
}

/** Of one that stands alone; where there are several, their grid decides. None is blown up. */
export function shownSize({ width, height }: { width: number; height: number }) {
  const fitting = Math.min(widest, (widest * width) / height, width);
  const shown = Math.round(Math.max(narrowest, fitting));
  return { width: shown, height: Math.round((shown * height) / width) };
}
