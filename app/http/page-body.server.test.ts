import { expect, test, vi } from "vitest";
import { pageBody } from "./page-body.server";

test("what is written at one time is one piece; what comes later is another", async () => {
  const { body, destination } = pageBody(() => {});
  const reader = body.getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  destination.write(Buffer.from("<p>"));
  destination.write(Buffer.from("now</p>"));
  destination.flush();
  expect(await next()).toBe("<p>now</p>");
  destination.write(Buffer.from("<p>later</p>"));
  destination.end();
  expect(await next()).toBe("<p>later</p>");
  expect((await reader.read()).done).toBe(true);
});

test("a page that nobody takes is not rendered any further", async () => {
  const abort = vi.fn();
  const { body, destination } = pageBody(abort);
  await body.cancel();
  expect(abort).toHaveBeenCalledOnce();
  expect(destination.destroyed).toBe(true);
});
