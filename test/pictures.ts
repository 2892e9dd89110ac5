import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** Red at the top left, blue at the top right, green below: any turn and any mirroring shows. */
export async function markedPicture(width = 32, height = 16) {
  const corner = (background: string) => ({
    create: { width: width / 2, height: height / 2, channels: 3 as const, background },
  });
  const flat = await sharp({ create: { width, height, channels: 3, background: "#00ff00" } })
    .composite([
      { input: corner("#ff0000"), left: 0, top: 0 },
      { input: corner("#0000ff"), left: width / 2, top: 0 },
    ])
    .png()
    .toBuffer();
  return sharp(flat);
}

/** Says of a pixel which of the colours of `markedPicture` it is. */
export async function colourAt(picture: Buffer, x: "left" | "right", y: "top" | "bottom") {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const column = x === "left" ? 2 : info.width - 3;
  const row = y === "top" ? 2 : info.height - 3;
  const pixel = [...data.subarray((row * info.width + column) * info.channels).subarray(0, 3)];
  return ["red", "green", "blue"][pixel.indexOf(Math.max(...pixel))];
}

/** A piece of a JPEG: its marker's second byte and what it holds. */
export function jpegSegment(marker: number, content: string): Buffer {
  const bytes = Buffer.from(content, "latin1");
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
}

/** Puts segments where a camera puts them: at the beginning. */
export function withSegments(jpeg: Buffer, ...segments: Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** A PNG of one colour: a few bytes for as many pixels as anyone likes. */
export function flatPng(width: number, height: number, { rows = height } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const pixels = deflateSync(Buffer.alloc(rows * (Math.ceil(width / 8) + 1)), { level: 9 });
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", header),
    pngChunk("IDAT", pixels),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

export function pngChunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** A GIF whose frames are one pixel each on a canvas of any size, black and white by turns. */
export function gif({ frames, width, height }: { frames: number; width: number; height: number }) {
  const screen = Buffer.from("GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff", "latin1");
  screen.writeUInt16LE(width, 6);
  screen.writeUInt16LE(height, 8);
  const loop = Buffer.from("!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", "latin1");
  const delay = "!\xf9\x04\0\x0a\0\0\0";
  const frame = (colour: "\x44" | "\x4c") =>
    Buffer.from(`${delay},\0\0\0\0\x01\0\x01\0\0\x02\x02${colour}\x01\0`, "latin1");
  const both = [frame("\x44"), frame("\x4c")];
  return Buffer.concat([
    screen,
    loop,
    ...Array.from({ length: frames }, (_, index) => both[index % 2] as Buffer),
    Buffer.from(";"),
  ]);
}

/** The names of a WebP file's chunks: where everything but pixels would have to be. */
export function webpChunks(webp: Buffer): string[] {
  const names: string[] = [];
  for (let at = 12; at < webp.length; ) {
    names.push(webp.toString("latin1", at, at + 4));
    const bytes = webp.readUInt32LE(at + 4);
    at += 8 + bytes + (bytes % 2);
  }
  return names;
}
