import { readEnvironment } from "~/operations/environment.server";
import type { Phrase } from "~/ui/i18n";
import type { FileBytes } from "./incoming-file";
import { pictureKind } from "./picture-kind";
import { PictureProcessDied } from "./processing/child.server";
import type { Facts, Fault } from "./processing/tasks";
import { makeWorkshop } from "./processing/workshop.server";

/** A picture as it is stored and shown: two WebP files and what is known of them. */
export type Processed = Facts & {
  /** At most 2,048 pixels on its longest side. */
  full: Buffer;
  /** At most 480; of an animated picture the first frame. */
  thumbnail: Buffer;
};

/** Ten times the processor time of what takes longest, 50 megapixels of PNG with 16 bits. */
const taskMs = 60_000;
const idleMs = 60_000;
const megapixel = 1_000_000;
/** The names of an HEIF file's brands end here at the latest. */
const typeBytes = 256;

const workshop = makeWorkshop({ taskMs, idleMs });

let maxMegapixels: number | undefined;

/**
 * Makes of an uploaded file what Parley stores, or says why that cannot be: whatever the bytes are,
 * the answer is a picture or a reason for its sender. Works on one picture at a time, in a process
 * of its own.
 */
export async function processPicture(
  file: Buffer | FileBytes,
): Promise<Processed | { refused: Phrase }> {
  const pieces = Buffer.isBuffer(file) ? [file] : file;
  const kind = pictureKind(beginningOf(pieces));
  if (pieces.every((piece) => piece.length === 0)) return { refused: { id: "picture.empty" } };
  if (kind === null) return { refused: { id: "picture.notAPicture" } };
  if (kind === "heic") return { refused: { id: "picture.heic" } };
  // The first process seeds the demo's pictures, before there is an environment of a web process.
  maxMegapixels ??= readEnvironment(process.env).limitImageMegapixels;
  const maxPixels = maxMegapixels * megapixel;
  try {
    const { head, body } = await workshop.run({ name: "render", kind, maxPixels }, pieces);
    if ("fault" in head) return { refused: refusalOf(head.fault, maxMegapixels) };
    if (!("facts" in head)) throw new Error("The picture process answered another task");
    const { facts, fullBytes } = head;
    return { ...facts, full: body.subarray(0, fullBytes), thumbnail: body.subarray(fullBytes) };
  } catch (error) {
    if (error instanceof PictureProcessDied) return { refused: { id: "picture.notProcessed" } };
    throw error;
  }
}

/**
 * For a client that shows no WebP. An animated picture becomes its first frame.
 *
 * @param picture as `processPicture` made it
 * @throws PictureProcessDied
 */
export async function pictureAsJpeg(picture: Buffer): Promise<Buffer> {
  const { body } = await workshop.run({ name: "jpeg" }, [picture]);
  return body;
}

/** A file's type stands in its first bytes, and a sender may give them one by one. */
function beginningOf(pieces: FileBytes): Buffer {
  const first: Buffer[] = [];
  for (let bytes = 0, at = 0; bytes < typeBytes && at < pieces.length; at++) {
    const piece = pieces[at]?.subarray(0, typeBytes) ?? Buffer.alloc(0);
    first.push(piece);
    bytes += piece.length;
  }
  return Buffer.concat(first);
}

function refusalOf(fault: Fault, max: number): Phrase {
  if (fault === "tooManyPixels") return { id: "picture.tooManyPixels", values: { max } };
  return { id: "picture.broken" };
}
