export const pictureKinds = ["jpeg", "png", "webp", "gif", "avif"] as const;
/** What we decode. */
export type PictureKind = (typeof pictureKinds)[number];

/** Where the brands of an HEIF file end at the latest; real ones name fewer than ten. */
const maxBrandBytes = 256;

/**
 * Tells what a file is by its first bytes alone: its name and its announced type are the sender's word.
 *
 * @returns `heic` is a picture that we know and do not take; null is everything else
 */
export function pictureKind(bytes: Uint8Array): PictureKind | "heic" | null {
  const ascii = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  if (ascii(0, 3) === "\xff\xd8\xff") return "jpeg";
  if (ascii(0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  if (/^GIF8[79]a$/.test(ascii(0, 6))) return "gif";
  if (ascii(0, 4) === "RIFF" && ascii(8, 12) === "WEBP") return "webp";
  if (ascii(4, 8) === "ftyp") return heifKind(ascii(8, Math.min(boxBytes(bytes), maxBrandBytes)));
  return null;
}

function boxBytes({ buffer, byteOffset }: Uint8Array): number {
  return new DataView(buffer, byteOffset).getUint32(0);
}

/** @param brands four letters each; the second four are a version */
function heifKind(brands: string): PictureKind | "heic" | null {
  const named = brands.match(/.{4}/gs) ?? [];
  if (named.some((brand) => brand === "avif" || brand === "avis")) return "avif";
  // A brand for any codec at all, `mif1`, stands for HEVC when AVIF does not stand beside it.
  return named.some((brand) => /^(he[iv][cxms]|mif1|msf1)$/.test(brand)) ? "heic" : null;
}
