import { describe, expect, test } from "vitest";
import { safeRedirect } from "./safe-redirect";

const ours = "https://parley.test";
const follow = (wanted: unknown) => safeRedirect(wanted, ours, "/chats");

describe("an address on our origin is followed", () => {
  test.each([
    ["/listings", "/listings"],
    ["/chats/1?before=40&q=a%20b", "/chats/1?before=40&q=a%20b"],
    ["/chats#composer", "/chats"],
    ["https://parley.test/chats?filter=unread", "/chats?filter=unread"],
    ["/a/../b", "/b"],
    ["https:evil.example", "/evil.example"],
    ["/%2F%2Fevil.example", "/%2F%2Fevil.example"],
    ["/listings?next=https://evil.example", "/listings?next=https://evil.example"],
  ])("%j leads to %j", (wanted, path) => {
    expect(follow(wanted)).toBe(path);
  });
});

describe("an address that a browser would take elsewhere is not", () => {
  test.each([
    "//evil.example",
    "///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/.//evil.example",
    "/x/..//evil.example",
    "/%2e//evil.example",
    "https://evil.example",
    "http://parley.test/chats",
    "https://parley.test:8443/chats",
    "https://parley.test@evil.example/",
    "https://parley.test.evil.example/",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "blob:https://parley.test/1",
    "http://[",
    "",
    undefined,
    null,
    7,
    ["/listings"],
  ])("%j leads to the fallback", (wanted) => {
    const path = follow(wanted);
    expect(new URL(path, ours).origin).toBe(ours);
    expect(path).toBe("/chats");
  });

  test("nor one that is too long for a redirect", () => {
    expect(follow(`/${"a".repeat(3_000)}`)).toBe("/chats");
  });
});
