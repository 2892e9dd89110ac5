import { expect, test } from "vitest";
import type { Attachment } from "../attachment";
import type { PickedPicture } from "./picked-picture";
import { partsOf } from "./uploads";

const picture = (bytes: number): PickedPicture => {
  return { id: String(bytes), name: "", type: "", bytes, alt: "" };
};

test("each picture shows how far it is itself, and one that the server has is done", () => {
  const pictures = [{ ...picture(5), kept: {} as Attachment }, picture(100), picture(300)];
  const of = (loaded: number) => partsOf(pictures, loaded, 450);
  expect(of(0)).toEqual([1, 0, 0]);
  // Fields and boundaries come first.
  expect(of(50)).toEqual([1, 0, 0]);
  expect(of(100)).toEqual([1, 0.5, 0]);
  expect(of(300)).toEqual([1, 1, 0.5]);
  expect(of(450)).toEqual([1, 1, 1]);
});
