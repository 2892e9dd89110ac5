import { expect, test } from "vitest";
import { makePlaces } from "./places.server";

const never = new AbortController().signal;

/** What can happen without anybody else doing something has happened then. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("who finds no place waits until one is given back, in the order of coming", async () => {
  const places = makePlaces({ total: 1, perUser: 1 });
  const leave = await places.take("a", never);
  const entered: string[] = [];
  for (const user of ["b", "c"]) {
    void places.take(user, never).then((leave) => {
      entered.push(user);
      leave?.();
    });
  }
  await settled();
  expect(entered).toEqual([]);
  leave?.();
  await settled();
  expect(entered).toEqual(["b", "c"]);
});

test("nobody takes more than his share, and others pass him by", async () => {
  const places = makePlaces({ total: 3, perUser: 2 });
  const first = await places.take("a", never);
  await places.take("a", never);
  let third = false;
  void places.take("a", never).then(() => {
    third = true;
  });
  expect(await places.take("b", never)).toBeTypeOf("function");
  expect(third).toBe(false);
  first?.();
  await settled();
  expect(third).toBe(true);
});

test("who gives up leaves the queue, and a place given back twice counts once", async () => {
  const places = makePlaces({ total: 1, perUser: 1 });
  const leave = await places.take("a", never);
  const patience = new AbortController();
  const waiting = places.take("b", patience.signal);
  patience.abort();
  expect(await waiting).toBeNull();
  expect(await places.take("b", patience.signal)).toBeNull();
  leave?.();
  leave?.();
  expect(await places.take("c", never)).toBeTypeOf("function");
  const late = new AbortController();
  const second = places.take("d", late.signal);
  late.abort();
  expect(await second).toBeNull();
});
