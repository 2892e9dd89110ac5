import { type RefObject, useEffect } from "react";
import { useT } from "~/ui/i18n";

/**
 * Opens pictures in place, and shows what stands for them while they load. What does so comes when
 * there is a picture; without it, links lead to the pictures.
 */
export function usePictures(element: RefObject<HTMLElement>): void {
  const t = useT();
  useEffect(() => {
    const root = element.current;
    if (root?.querySelector("[data-placeholder]"))
      void import("~/ui/pictures/showing").then((come) => come.showPictures(root, t), ignore);
  });
}

const ignore = () => {};
