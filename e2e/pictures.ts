import type { Locator, Page } from "@playwright/test";
import sharp from "sharp";
import { expect } from "./browsers";
import { composer, log } from "./chat-pages";

type File = { name: string; mimeType: string; buffer: Buffer };

/** A picture with an edge in it, so that it does not shrink to nothing. */
export async function photo(name: string, width = 320, height = 240): Promise<File> {
  const half = { create: { width: width / 2, height, channels: 3 as const, background: "#274" } };
  const buffer = await sharp({ create: { width, height, channels: 3, background: "#d96" } })
    .composite([{ input: half, left: 0, top: 0 }])
    .jpeg()
    .toBuffer();
  return { name, mimeType: "image/jpeg", buffer };
}

/** One of these bytes that no packing makes smaller, for what has to take a while. */
export async function largePhoto(name: string): Promise<File> {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 60 };
  const create = { width: 1_200, height: 900, channels: 3 as const, background: "#888", noise };
  const buffer = await sharp({ create }).jpeg({ quality: 95 }).toBuffer();
  return { name, mimeType: "image/jpeg", buffer };
}

export const notAPicture: File = {
  name: "prices.svg",
  mimeType: "image/svg+xml",
  buffer: Buffer.from("<svg/>"),
};

export const add = (page: Page, ...files: File[]) =>
  composer(page).getByLabel("Add pictures").setInputFiles(files);

/** Pictures of the next message. */
export const chosen = (page: Page) =>
  page.getByRole("list", { name: "Pictures to send" }).getByRole("listitem");

/** Those that messages show. */
export const shown = (page: Page) => log(page).locator("a[data-picture] img");

/** @param count of all of them; else of at least one */
export async function expectLoaded(page: Page, count?: number) {
  if (count) await expect(shown(page)).toHaveCount(count);
  else await expect(shown(page)).not.toHaveCount(0);
  // What is out of sight loads only when it comes near.
  const waiting = () =>
    shown(page).evaluateAll((all) => {
      const seen = (one: Element) => {
        const { top, bottom } = one.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      };
      return (all as HTMLImageElement[]).filter((one) => seen(one) && !one.naturalWidth).length;
    });
  await expect.poll(waiting).toBe(0);
}

/** Goes to a chat with pictures; what opens them in place comes with the first ones. */
export async function openPictures(page: Page, link: Locator, count: number) {
  const coming = page.waitForEvent("requestfinished", (asked) => /\/showing-/.test(asked.url()));
  await link.click();
  await coming;
  await expectLoaded(page, count);
}

/** As a file manager or another page hands files over. */
export function hand(page: Page, how: "paste" | "drop", { name, mimeType, buffer }: File) {
  const bytes = buffer.toString("base64");
  return page.evaluate(
    ({ how, name, mimeType, bytes }) => {
      const raw = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([raw], name, { type: mimeType }));
      const options = { bubbles: true, cancelable: true };
      const event =
        how === "paste"
          ? new ClipboardEvent("paste", { ...options, clipboardData: data })
          : new DragEvent("drop", { ...options, dataTransfer: data });
      (document.querySelector("[role=log]") ?? document.body).dispatchEvent(event);
    },
    { how, name, mimeType, bytes },
  );
}
