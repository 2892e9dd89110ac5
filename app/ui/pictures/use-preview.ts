import { useEffect, useState } from "react";
import type { PickedPicture } from "~/attachments/client/picked-picture";
import { type Preview, previewOf } from "~/attachments/client/preview";

/** @returns undefined until it is made */
export function usePreview(userId: string, picture: PickedPicture): Preview | undefined {
  const [preview, setPreview] = useState<Preview>();
  useEffect(() => {
    let isWanted = true;
    void previewOf(userId, picture).then((made) => isWanted && setPreview(made));
    return () => {
      isWanted = false;
    };
  }, [userId, picture]);
  return preview;
}
