import { expect, test } from "vitest";
import { readRange } from "./byte-range";
import { pictureFormat } from "./picture-format";

test.for([
  ["bytes=0-", { first: 0 }],
  ["bytes=5-9", { first: 5, last: 9 }],
  ["bytes=9-5", undefined],
  ["bytes=-5", undefined],
  ["bytes=0-1,3-4", undefined],
  ["bytes=0-1e3", undefined],
  ["bytes=99999999999999999999-", undefined],
  ["lines=1-2", undefined],
  [undefined, undefined],
] as const)("of a range %s the part asked for is read, or all is sent", ([header, range]) => {
  expect(readRange(header)).toEqual(range);
});

test.for([
  ["image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", "webp"],
  ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "webp"],
  ["image/webp;q=0.5,image/png", "webp"],
  ["*/*", "webp"],
  ["image/*", "webp"],
  [undefined, "webp"],
  ["image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5", "jpeg"],
  ["image/jpeg", "jpeg"],
  ["image/jpeg, image/webp;q=0", "jpeg"],
] as const)("who accepts %s gets a %s", ([accept, format]) => {
  expect(pictureFormat(accept)).toBe(format);
});
