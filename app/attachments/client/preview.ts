import type { PickedPicture } from "./picked-picture";
import { picturesOf } from "./picture-store";

/** `url` is null where this browser cannot show it; `isLost`: its bytes are gone. */
export type Preview = { url: string | null; width: number; height: number; isLost?: boolean };

/** The longest side of a preview, in pixels. */
const longest = 480;

const previews = new Map<string, Promise<Preview>>();
/** One at a time: a decoded photo takes fifty megabytes. */
let last: Promise<unknown> = Promise.resolve();

/** A small copy of a picture that is not sent, made once. */
export function previewOf(userId: string, { id, kept }: PickedPicture): Promise<Preview> {
  if (kept) {
    const { thumbnailUrl: url, width, height } = kept;
    return Promise.resolve({ url, width, height });
  }
  const known = previews.get(id);
  if (known) return known;
  const made = last.then(() => make(userId, id));
  last = made;
  previews.set(id, made);
  return made;
}

export async function dropPreview(id: string): Promise<void> {
  const preview = await previews.get(id);
  previews.delete(id);
  if (preview?.url) URL.revokeObjectURL(preview.url);
}

async function make(userId: string, id: string): Promise<Preview> {
  const none = { url: null, width: 1, height: 1 };
  const blob = await picturesOf(userId).read(id);
  if (!blob) return { ...none, isLost: true };
  try {
    const bitmap = await createImageBitmap(blob);
    const { width, height } = bitmap;
    const scale = Math.min(1, longest / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/webp"));
    return { url: small && URL.createObjectURL(small), width, height };
  } catch {
    return none;
  }
}
