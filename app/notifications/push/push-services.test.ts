import { expect, test } from "vitest";
import { allowedEndpoint, isApples, knownPushServices, parsePushServices } from "./push-services";

const known = parsePushServices(knownPushServices) ?? [];

test.each([
  "https://fcm.googleapis.com/fcm/send/a:b",
  "https://updates.push.services.mozilla.com/wpush/v2/a",
  "https://web.push.apple.com/a",
  "https://wns2-par02p.notify.windows.com/w/?token=a",
])("%s belongs to a browser's push service", (endpoint) => {
  expect(allowedEndpoint(endpoint, known)).toMatchObject({ mayBePrivate: false });
});

test.each([
  "http://fcm.googleapis.com/fcm/send/a",
  "https://fcm.googleapis.com:8443/a",
  "https://fcm.googleapis.com.evil.example/a",
  "https://evilfcm.googleapis.com/a",
  "https://push.apple.com/a",
  "https://evilpush.apple.com/a",
  "https://user@fcm.googleapis.com/a",
  "https://fcm.googleapis.com@evil.example/a",
  "https://fcm.googleapis.com./a",
  "https://127.0.0.1/a",
  "https://[::1]/a",
  "https://localhost/a",
  "ftp://fcm.googleapis.com/a",
  "javascript:alert(1)",
  "fcm.googleapis.com",
  "",
])("%s does not", (endpoint) => expect(allowedEndpoint(endpoint, known)).toBeNull());

test("an origin that the operator wrote down is meant exactly, and may be a private one", () => {
  const services = parsePushServices("http://127.0.0.1:4000, push.example.com") ?? [];
  expect(allowedEndpoint("http://127.0.0.1:4000/a", services)?.mayBePrivate).toBe(true);
  expect(allowedEndpoint("https://push.example.com/a", services)?.mayBePrivate).toBe(false);
  for (const other of ["http://127.0.0.1:4001/a", "https://127.0.0.1:4000/a"]) {
    expect(allowedEndpoint(other, services)).toBeNull();
  }
});

test.each(["push", "*", "*.com.", "https://push.example.com/path", "a b.example.com"])(
  "%s is in no list",
  (list) => expect(parsePushServices(list)).toBeNull(),
);

test("Apple's service is known by its host", () => {
  expect(isApples("https://web.push.apple.com/a")).toBe(true);
  expect(isApples("https://fcm.googleapis.com/a")).toBe(false);
});
