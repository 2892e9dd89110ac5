import { join } from "node:path";
import sharp from "sharp";

/**
 * Makes a photo as a phone takes it: 12 megapixels and about 12 MB of JPEG, held upright, which is
 * written down as a turn. Noise stands for what a small sensor sees.
 *
 * @returns its file
 */
export async function makePhoto(folder: string): Promise<string> {
  const file = join(folder, "photo.jpg");
  const noise = { type: "gaussian" as const, mean: 128, sigma: 30 };
  await sharp({ create: { width: 4032, height: 3024, channels: 3, background: "#888888", noise } })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 97 })
    .toFile(file);
  return file;
}
