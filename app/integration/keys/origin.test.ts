import { expect, test } from "vitest";
import { originOf } from "./origin";

test.each([
  ["https://shop.example", "https://shop.example"],
  [" HTTPS://Shop.Example:443/ ", "https://shop.example"],
  ["https://shop.example:8443", "https://shop.example:8443"],
  ["https://bücher.example", "https://xn--bcher-kva.example"],
  ["http://localhost:3000", "http://localhost:3000"],
  ["http://shop.localhost", "http://shop.localhost"],
  ["http://127.0.0.1:80", "http://127.0.0.1"],
  ["http://[::1]:5173", "http://[::1]:5173"],
])("%s is the origin %s", (typed, origin) => {
  expect(originOf(typed)).toBe(origin);
});

test.each([
  "",
  "null",
  "*",
  "shop.example",
  "//shop.example",
  "https:shop.example",
  "https://",
  "https://*.example",
  "https://shop.example/basket",
  "https://shop.example/?",
  "https://shop.example#top",
  "https://ann@shop.example",
  "https://@shop.example",
  "https://shop.example\\basket",
  "https://a.example, https://b.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "file:///etc/passwd",
  "ws://shop.example",
  "chrome-extension://abcdef",
  `https://${"a".repeat(400)}.example`,
])("%j is no origin", (typed) => {
  expect(originOf(typed)).toEqual({ refused: "notAnOrigin" });
});

test.each(["http://shop.example", "http://localhost.shop.example", "http://192.168.0.9"])(
  "%s is refused, because others could read along",
  (typed) => {
    expect(originOf(typed)).toEqual({ refused: "insecure" });
  },
);
