import { expect, test } from "vitest";
import { isPictureAddress, parseOrigins } from "./picture-address";

const origins = ["https://pictures.market.example", "http://localhost:4000"];

test.each([
  "/listings/bicycle.svg",
  "/a/b?c=d",
  "https://pictures.market.example/a.jpg",
  "HTTPS://Pictures.Market.Example/a.jpg",
  "http://localhost:4000/a.jpg",
])("%j is where a picture may be", (text) => {
  expect(isPictureAddress(text, origins)).toBe(true);
});

test.each([
  "",
  "bicycle.svg",
  "//elsewhere.example/a.jpg",
  "/\\elsewhere.example/a.jpg",
  "/\t/elsewhere.example/a.jpg",
  "\\\\elsewhere.example/a.jpg",
  "https://elsewhere.example/a.jpg",
  "http://pictures.market.example/a.jpg",
  "https://pictures.market.example:444/a.jpg",
  "https://pictures.market.example.elsewhere.example/a.jpg",
  "https://pictures.market.example@elsewhere.example/a.jpg",
  "https://somebody:secret@pictures.market.example/a.jpg",
  "https://parley.invalid/a.jpg",
  "javascript:alert(1)",
  "data:image/svg+xml,<svg/>",
  "blob:https://pictures.market.example/1",
  "https://",
])("%j is not", (text) => {
  expect(isPictureAddress(text, origins)).toBe(false);
});

test("a list of origins holds nothing but origins", () => {
  expect(parseOrigins(" https://A.example , http://localhost:4000/ ,")).toEqual([
    "https://a.example",
    "http://localhost:4000",
  ]);
  for (const wrong of [
    "a.example",
    "https://a.example/b",
    "ftp://a.example",
    "https://u@a.example",
    "*",
  ]) {
    expect(parseOrigins(wrong)).toBeNull();
  }
});
