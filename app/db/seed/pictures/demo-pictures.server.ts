import { objectKeys } from "~/attachments/attachment";
import { processPicture } from "~/attachments/processing.server";
import type { Db } from "~/db/client.server";
import { attachments } from "~/db/schema";
import type { Storage } from "~/storage/storage";
import { type SceneName, scenes } from "./scenes";

/** A picture of a message of the demo market, before it is drawn. */
export type DemoAttachment = {
  id: string;
  chatId: string;
  uploaderId: string;
  messageId: string;
  position: number;
  scene: SceneName;
  alt: string | null;
  createdAt: Date;
};

/** Stores the pictures as if they had been uploaded: objects first, so that none is ever missing. */
export async function storeDemoPictures(
  tx: Db,
  storage: Storage,
  pictures: DemoAttachment[],
): Promise<void> {
  for (const { scene, ...picture } of pictures) {
    const made = await processPicture(await drawn(scene));
    if ("refused" in made) throw new Error(`The demo's picture ${scene}: ${made.refused.id}`);
    const { full, thumbnail, width, height, thumbhash, isAnimated, sha256 } = made;
    const keys = objectKeys(picture.id);
    await storage.put(keys.full, full, "image/webp");
    await storage.put(keys.thumbnail, thumbnail, "image/webp");
    const facts = { width, height, bytes: full.length, placeholder: thumbhash, isAnimated };
    await tx
      .insert(attachments)
      .values({ ...picture, ...facts, sha256, storedAt: picture.createdAt });
  }
}

/** As a camera would give it. Only here is SVG ever drawn: what people send is never. */
async function drawn(scene: SceneName): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  return sharp(Buffer.from(scenes[scene]())).jpeg({ quality: 90 }).toBuffer();
}
