import { createHash } from "node:crypto";
import sharp, { type Metadata, type SharpOptions } from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import type { PictureKind } from "../picture-kind.ts";
import type { Facts, Fault } from "./tasks.ts";

/** Longest sides in pixels; thumbhash takes at most 100. */
const sides = { full: 2048, thumbnail: 480, placeholder: 100 };
/**
 * Quality where a phone shows no trace of it. Effort 4, the standard, takes 420 ms of processor time
 * for a photo of 12 megapixels where 2 takes 200, and saves nothing of one with a sensor's noise.
 */
const webp = { quality: 80, effort: 2 };
/** More frames than this are a film; browsers stutter at them. */
const maxFrames = 300;

const loaders = {
  jpeg: "VipsForeignLoadJpegBuffer",
  png: "VipsForeignLoadPngBuffer",
  webp: "VipsForeignLoadWebpBuffer",
  gif: "VipsForeignLoadNsgifBuffer",
  avif: "VipsForeignLoadHeifBuffer",
} satisfies Record<PictureKind, string>;

/** Of everything that libvips can read, leaves these five decoders. Call once, before any picture. */
export function limitDecoders(): void {
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: Object.values(loaders) });
  // One picture at a time, on one core: sends and streams need the others.
  sharp.concurrency(1);
  sharp.cache(false);
}

export type Rendered = Facts & { full: Buffer; thumbnail: Buffer };

/**
 * Makes what is stored of a picture: upright, in sRGB, as WebP, without a byte of what else the file
 * held (EXIF, GPS, XMP, IPTC, comments, profiles). The same bytes give the same bytes.
 *
 * @param maxPixels of the picture as it comes; of all frames together if it is to stay animated
 */
export async function render(
  bytes: Buffer,
  kind: PictureKind,
  maxPixels: number,
): Promise<Rendered | { fault: Fault }> {
  const options: SharpOptions = { autoOrient: true, failOn: "error", limitInputPixels: maxPixels };
  try {
    const found = await sharp(bytes, { ...options, limitInputPixels: false }).metadata();
    if (!isWhatItSays(found, kind)) return { fault: "broken" };
    if (found.width * (found.pageHeight ?? found.height) > maxPixels) {
      return { fault: "tooManyPixels" };
    }
    const isAnimated = staysAnimated(found, maxPixels);
    const still = await firstFrame(bytes, options);
    const facts = { ...still.size, thumbhash: await still.thumbhash(), isAnimated };
    const full = isAnimated ? await allFrames(bytes, options) : await still.encode(sides.full);
    const sha256 = createHash("sha256").update(full).digest("hex");
    return { ...facts, sha256, full, thumbnail: await still.encode(sides.thumbnail) };
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return { fault: /exceeds pixel limit/.test(message) ? "tooManyPixels" : "broken" };
  }
}

/** @param picture a WebP that `render` made */
export async function toJpeg(picture: Buffer): Promise<Buffer> {
  return await sharp(picture).flatten({ background: "#ffffff" }).jpeg({ quality: 82 }).toBuffer();
}

function isWhatItSays({ format, compression }: Metadata, kind: PictureKind): boolean {
  return kind === "avif" ? format === "heif" && compression === "av1" : format === kind;
}

function staysAnimated({ pages = 1, width, height, pageHeight }: Metadata, maxPixels: number) {
  return pages > 1 && pages <= maxFrames && pages * width * (pageHeight ?? height) <= maxPixels;
}

/** Decodes once; what is made of it starts from at most 2,048 pixels. */
async function firstFrame(bytes: Buffer, options: SharpOptions) {
  const { data, info } = await sharp(bytes, options)
    .resize(within(sides.full))
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const pixels = () => sharp(data, { raw: { width, height, channels } });
  return {
    size: { width, height },
    encode: (side: number) => pixels().resize(within(side)).webp(webp).toBuffer(),
    async thumbhash() {
      const small = await pixels()
        .resize(within(sides.placeholder))
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const hash = rgbaToThumbHash(small.info.width, small.info.height, small.data);
      return Buffer.from(hash).toString("base64");
    },
  };
}

function allFrames(bytes: Buffer, options: SharpOptions): Promise<Buffer> {
  return sharp(bytes, { ...options, animated: true })
    .resize(within(sides.full))
    .webp(webp)
    .toBuffer();
}

const within = (side: number) =>
  ({ width: side, height: side, fit: "inside", withoutEnlargement: true }) as const;
