import { thumbHashToDataURL } from "thumbhash";

const painted = new WeakSet<HTMLImageElement>();

/** Gives each picture that has not loaded yet the colours it will have. */
export function paintPlaceholders(root: HTMLElement): void {
  for (const image of root.querySelectorAll<HTMLImageElement>("img[data-placeholder]")) {
    if (painted.has(image) || image.complete) continue;
    painted.add(image);
    const url = placeholderUrl(image.dataset.placeholder ?? "");
    if (!url) continue;
    image.style.background = `url("${url}") center / 100% 100%`;
    // What is transparent shows what is behind it.
    image.addEventListener("load", () => image.style.removeProperty("background"), { once: true });
  }
}

/** @returns undefined for what is no ThumbHash */
function placeholderUrl(base64: string): string | undefined {
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
