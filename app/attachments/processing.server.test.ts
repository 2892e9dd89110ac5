import sharp from "sharp";
import { expect, test } from "vitest";
import { processPicture } from "./processing.server";

/** Red on the left, blue on the right, green below: any turn or mirroring shows. */
async function marked(width = 60, height = 40) {
  const half = (background: string) =>
    sharp({ create: { width: width / 2, height: height / 2, channels: 3, background } })
      .png()
      .toBuffer();
  return sharp({ create: { width, height, channels: 3, background: "#00ff00" } }).composite([
    { input: await half("#ff0000"), left: 0, top: 0 },
    { input: await half("#0000ff"), left: width / 2, top: 0 },
  ]);
}

async function processed(bytes: Buffer) {
  const made = await processPicture(bytes);
  if ("refused" in made) throw new Error(made.refused.id);
  return made;
}

test("a picture becomes two WebP files with their measures and a placeholder", async () => {
  const made = await processed(await (await marked(3000, 2000)).jpeg().toBuffer());
  expect(made).toMatchObject({ width: 2048, height: 1365, isAnimated: false });
  expect(Buffer.from(made.thumbhash, "base64").length).toBeLessThan(32);
  expect(await sharp(made.full).metadata()).toMatchObject({
    format: "webp",
    width: 2048,
    height: 1365,
  });
  expect(await sharp(made.thumbnail).metadata()).toMatchObject({
    format: "webp",
    width: 480,
    height: 320,
  });
});
