import type { PictureKind } from "../picture-kind.ts";

/** What the picture process is asked; the picture comes as the frame's body. */
export type Task =
  | { name: "render"; kind: PictureKind; maxPixels: number }
  /** For clients that show no WebP; the body is one that `render` made. */
  | { name: "jpeg" };

/** Why a file is no picture that we can take. */
export type Fault = "broken" | "tooManyPixels";

/** What was made is the frame's body: of `render` the picture, `fullBytes` long, then its thumbnail. */
export type Outcome = { fault: Fault } | { fullBytes: number; facts: Facts } | { jpeg: true };

export type Facts = {
  width: number;
  height: number;
  /** Base64. */
  thumbhash: string;
  isAnimated: boolean;
  /** Of the large picture, in hex. */
  sha256: string;
};
