import { expect, test } from "vitest";
import "~test/database";
import { seal, unseal } from "./sealed.server";

test("what is sealed opens for the same use alone", () => {
  const sealed = seal("webhooks", "a secret of an endpoint");
  expect(unseal("webhooks", sealed)).toBe("a secret of an endpoint");
  expect(unseal("answers", sealed)).toBeNull();
});

test("what was changed or cut does not open", () => {
  const sealed = seal("webhooks", "a secret of an endpoint");
  const changed = Buffer.from(sealed);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  expect(unseal("webhooks", changed)).toBeNull();
  for (const length of [0, 5, 12, 20, 27]) {
    expect(unseal("webhooks", sealed.subarray(0, length))).toBeNull();
  }
});

test("the same is sealed differently each time", () => {
  expect(seal("webhooks", "the same").equals(seal("webhooks", "the same"))).toBe(false);
});
