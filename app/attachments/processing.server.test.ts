import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import {
  colourAt,
  flatPng,
  gif,
  jpegSegment,
  markedPicture,
  pngChunk,
  webpChunks,
  withSegments,
} from "~test/pictures";
import { pictureAsJpeg, processPicture } from "./processing.server";

async function processed(bytes: Buffer) {
  const made = await processPicture(bytes);
  if ("refused" in made) throw new Error(made.refused.id);
  return made;
}

async function refusal(bytes: Buffer) {
  const made = await processPicture(bytes);
  return "refused" in made ? made.refused.id : "taken";
}

test("a picture becomes two WebP files with their measures and a placeholder", async () => {
  const jpeg = await (await markedPicture(2400, 1600)).jpeg().toBuffer();
  const made = await processed(jpeg);
  expect(made).toMatchObject({ width: 2048, height: 1365, isAnimated: false });
  expect(Buffer.from(made.thumbhash, "base64").length).toBeLessThan(32);
  expect(await sharp(made.full).metadata()).toMatchObject({ format: "webp", width: 2048 });
  const thumbnail = await sharp(made.thumbnail).metadata();
  expect(thumbnail).toMatchObject({ format: "webp", width: 480, height: 320 });
  expect(await processed(jpeg), "the same picture gives the same bytes").toEqual(made);
});

test.each(["jpeg", "png", "webp", "gif", "avif"] as const)("%s is taken", async (format) => {
  const bytes = await (await markedPicture()).toFormat(format).toBuffer();
  const made = await processed(bytes);
  expect(made).toMatchObject({ width: 32, height: 16, isAnimated: false });
  expect(await colourAt(made.full, "right", "top")).toBe("blue");
});

test.each([
  [1, "left", "top", "right", "top"],
  [2, "right", "top", "left", "top"],
  [3, "right", "bottom", "left", "bottom"],
  [4, "left", "bottom", "right", "bottom"],
  [5, "left", "top", "left", "bottom"],
  [6, "right", "top", "right", "bottom"],
  [7, "right", "bottom", "right", "top"],
  [8, "left", "bottom", "left", "top"],
] as const)("a picture of orientation %i stands upright", async (orientation, x, y, x2, y2) => {
  const turned = (await markedPicture()).withMetadata({ orientation }).jpeg({ quality: 95 });
  const made = await processed(await turned.toBuffer());
  const [width, height] = orientation > 4 ? [16, 32] : [32, 16];
  expect(made).toMatchObject({ width, height });
  for (const picture of [made.full, made.thumbnail]) {
    const found = await sharp(picture).metadata();
    expect(found).toMatchObject({ width, height });
    expect(found.orientation).toBeUndefined();
    expect(await colourAt(picture, x, y)).toBe("red");
    expect(await colourAt(picture, x2, y2)).toBe("blue");
  }
});

const secret = "Behind the blue door, 52.5163 N";
const exif = {
  IFD0: { ImageDescription: secret, Artist: secret },
  IFD2: { UserComment: secret },
  IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 30/1 59/1", GPSDateStamp: secret },
};
const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="${secret}"/></rdf:RDF></x:xmpmeta>`;

const tellTale = {
  jpeg: async () => {
    const jpeg = await (await markedPicture()).withExif(exif).withXmp(xmp).jpeg().toBuffer();
    const iptc = `Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0${String.fromCharCode(secret.length + 5)}\x1c\x02\x78\0${String.fromCharCode(secret.length)}${secret}`;
    return withSegments(jpeg, jpegSegment(0xed, iptc), jpegSegment(0xfe, secret));
  },
  png: async () => {
    const png = await (await markedPicture()).withExif(exif).withXmp(xmp).png().toBuffer();
    const text = pngChunk("tEXt", Buffer.from(`Comment\0${secret}`));
    return Buffer.concat([png.subarray(0, 33), text, png.subarray(33)]);
  },
  webp: async () => (await markedPicture()).withExif(exif).withXmp(xmp).webp().toBuffer(),
  gif: async () => {
    const bytes = gif({ frames: 3, width: 20, height: 20 });
    const comment = Buffer.from(`!\xfe${String.fromCharCode(secret.length)}${secret}\0`, "latin1");
    return Buffer.concat([bytes.subarray(0, 19), comment, bytes.subarray(19), Buffer.from(secret)]);
  },
  avif: async () => (await markedPicture()).withExif(exif).withXmp(xmp).avif().toBuffer(),
};

test.each(Object.entries(tellTale))(
  "nothing of what a %s says beside its pixels is kept",
  async (_, make) => {
    const bytes = await make();
    expect(bytes.includes(secret)).toBe(true);
    const { full, thumbnail } = await processed(bytes);
    for (const picture of [full, thumbnail, await pictureAsJpeg(full)]) {
      expect(picture.includes(secret)).toBe(false);
      const { exif, xmp, iptc, icc, comments } = await sharp(picture).metadata();
      expect({ exif, xmp, iptc, icc, comments }).toEqual({});
    }
    const pixels = /^(VP8[ LX]|ALPH|ANIM|ANMF)$/;
    for (const name of [...webpChunks(full), ...webpChunks(thumbnail)])
      expect(name).toMatch(pixels);
  },
);

test("colours stay what they were when their profile goes", async () => {
  const wide = await (await markedPicture()).withIccProfile("p3").png().toBuffer();
  const { full } = await processed(wide);
  const { data } = await sharp(full).raw().toBuffer({ resolveWithObject: true });
  expect([...data.subarray(0, 3)].map((value) => Math.round(value / 16))).toEqual([16, 0, 0]);
});

test("a client that shows no WebP gets a JPEG", async () => {
  const { full } = await processed(
    await sharp({ create: { width: 9, height: 9, channels: 4, background: "#0000" } })
      .png()
      .toBuffer(),
  );
  expect((await sharp(full).metadata()).hasAlpha).toBe(true);
  const jpeg = await pictureAsJpeg(full);
  expect(await sharp(jpeg).metadata()).toMatchObject({ format: "jpeg", width: 9, height: 9 });
  expect([...(await sharp(jpeg).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255]);
});

test.each([
  ["a pixel", () => flatPng(1, 1), 1, 1],
  ["a hair", () => flatPng(20_000, 1), 2048, 1],
  ["a post", () => flatPng(1, 20_000), 1, 2048],
])("%s is taken", async (_, make, width, height) => {
  expect(await processed(make())).toMatchObject({ width, height });
});

test.each([
  ["of 16 bits", (marked: Sharp) => marked.toColourspace("rgb16").png()],
  ["of grey", (marked: Sharp) => marked.greyscale().jpeg()],
  ["of a palette", (marked: Sharp) => marked.png({ palette: true })],
  ["of printer's colours", (marked: Sharp) => marked.toColourspace("cmyk").jpeg()],
  ["that loads in steps", (marked: Sharp) => marked.jpeg({ progressive: true })],
])("a picture %s is taken", async (_, make) => {
  const made = await processed(await make(await markedPicture()).toBuffer());
  expect(await sharp(made.full).metadata()).toMatchObject({ space: "srgb", width: 32 });
});

test("what moves stays moving, at its pace", async () => {
  const made = await processed(gif({ frames: 3, width: 300, height: 200 }));
  expect(made).toMatchObject({ width: 300, height: 200, isAnimated: true });
  expect(await sharp(made.full, { animated: true }).metadata()).toMatchObject({
    pages: 3,
    pageHeight: 200,
    delay: [100, 100, 100],
    loop: 0,
  });
  expect((await sharp(made.thumbnail).metadata()).pages ?? 1).toBe(1);
  expect((await processed(made.full)).isAnimated, "as WebP as well").toBe(true);
});

test.each([
  ["8,000 frames", { frames: 8_000, width: 100, height: 100 }],
  ["more pixels than allowed in all its frames", { frames: 200, width: 1000, height: 1000 }],
])("of a GIF with %s the first frame is kept", async (_, size) => {
  const made = await processed(gif(size));
  expect(made).toMatchObject({ width: size.width, height: size.height, isAnimated: false });
  expect((await sharp(made.full).metadata()).pages ?? 1).toBe(1);
});

test("a few kilobytes that stand for hundreds of megapixels are refused", async () => {
  const bomb = flatPng(16_000, 16_000);
  expect(bomb.length).toBeLessThan(40_000);
  expect(await processPicture(bomb)).toEqual({
    refused: { id: "picture.tooManyPixels", values: { max: 50 } },
  });
  const jpeg = await (await markedPicture()).jpeg().toBuffer();
  const size = jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 5;
  jpeg.writeUInt16BE(65_000, size);
  jpeg.writeUInt16BE(65_000, size + 2);
  expect(await refusal(jpeg)).toBe("picture.tooManyPixels");
});

const upright = async () => await markedPicture(200, 100);
const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

test.each([
  ["a PNG cut in half", async () => half(await (await upright()).png().toBuffer())],
  ["a JPEG cut in half", async () => half(await (await upright()).jpeg().toBuffer())],
  ["a WebP cut in half", async () => half(await (await upright()).webp().toBuffer())],
  ["an AVIF cut in half", async () => half(await (await upright()).avif().toBuffer())],
  ["a GIF cut in half", async () => half(await (await upright()).gif().toBuffer())],
  ["a PNG of fewer rows than it says", async () => flatPng(64, 64, { rows: 8 })],
  ["a PNG that begins and ends at once", async () => flatPng(64, 64).subarray(0, 8)],
  [
    "SVG behind the first bytes of a PNG",
    async () => Buffer.concat([flatPng(1, 1).subarray(0, 8), Buffer.from(svg)]),
  ],
  [
    "HTML behind the first bytes of a JPEG",
    async () => Buffer.from("\xff\xd8\xff<script>", "latin1"),
  ],
  ["a GIF of no size", async () => gif({ frames: 0, width: 0, height: 0 })],
  [
    "a WebP in name alone",
    async () => Buffer.from("RIFF\x20\0\0\0WEBPVP8 \x10\0\0\0................", "latin1"),
  ],
  [
    "an AVIF in name alone",
    async () => Buffer.from("\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", "latin1"),
  ],
])("%s is called damaged", async (_, make) => {
  expect(await refusal(await make())).toBe("picture.broken");
});

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
/** The test file of virus scanners, taken apart so that none finds it here. */
const eicar = [
  "X5O!P%@AP[4\\PZX54(P^)7CC)7}$",
  "EICAR-STANDARD-ANTIVIRUS-TEST-FILE",
  "!$H+H*",
].join("");

test.each([
  ["SVG", svg],
  ["HTML", "<!doctype html><script>alert(1)</script>"],
  ["PDF", "%PDF-1.7\n1 0 obj"],
  ["PSD", "8BPS\0\x01\0\0\0\0\0\0\0\x03\0\0\0\x01\0\0\0\x01\0\x08\0\x03"],
  ["a BMP", "BM\x46\0\0\0\0\0\0\0\x36\0\0\0"],
  ["EICAR", eicar],
  ["a video", "\0\0\0\x18ftypmp42\0\0\0\0mp42isom"],
  ["a byte", "\xff"],
  ["a name of a type and no more", "\0\0\0\0ftyp"],
])("%s is no picture that can be sent", async (_, text) => {
  expect(await refusal(Buffer.from(text, "latin1"))).toBe("picture.notAPicture");
});

test("nor is TIFF", async () => {
  expect(await refusal(await (await markedPicture()).tiff().toBuffer())).toBe(
    "picture.notAPicture",
  );
});

test("a virus scanner's test file behind a picture does not reach the storage", async () => {
  const picture = await (await markedPicture()).png().toBuffer();
  const { full } = await processed(Buffer.concat([picture, Buffer.from(eicar)]));
  expect(full.includes("EICAR")).toBe(false);
});

test("an empty file is called empty", async () => {
  expect(await refusal(Buffer.alloc(0))).toBe("picture.empty");
});

test.each(["heic", "heix", "mif1", "hevc"])("HEIC (%s) is told what to do", async (brand) => {
  const file = Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1heic`, "latin1");
  expect(await refusal(file)).toBe("picture.heic");
});
