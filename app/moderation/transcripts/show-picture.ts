import type { PictureFacts } from "./records";
import type { Translate } from "./show.server";
import type { ShownPicture } from "./shown";

export function showPicture(picture: PictureFacts, at: number, t: Translate): ShownPicture {
  const { id, width, height, bytes, alt, sha256 } = picture;
  return {
    id,
    width,
    height,
    alt,
    caption: t("transcript.picture", { at: at + 1, width, height, bytes }),
    hash: sha256 ? t("transcript.picture.hash", { hash: sha256 }) : t("transcript.picture.noHash"),
    notShown: t("transcript.picture.notShown"),
  };
}
