import { expect, test } from "vitest";
import { shareCalls } from "./shared-call.server";

function slowly() {
  const waiting: { resolve: (answer: number) => void; reject: (error: Error) => void }[] = [];
  const call = () =>
    new Promise<number>((resolve, reject) => {
      waiting.push({ resolve, reject });
    });
  return { waiting, ask: shareCalls(call) };
}

test("who asks while a question is under way gets what is asked after he came", async () => {
  const { waiting, ask } = slowly();
  const first = ask();
  const later = [ask(), ask(), ask()];
  expect(waiting).toHaveLength(1);
  waiting[0]?.resolve(1);
  expect(await first).toBe(1);
  await expect.poll(() => waiting.length).toBe(2);
  waiting[1]?.resolve(2);
  expect(await Promise.all(later)).toEqual([2, 2, 2]);
});

test("a question that fails fails for those who shared it alone", async () => {
  const { waiting, ask } = slowly();
  const [first, second] = [ask(), ask()];
  waiting[0]?.reject(new Error("away"));
  await expect(first).rejects.toThrow("away");
  await expect.poll(() => waiting.length).toBe(2);
  waiting[1]?.resolve(2);
  expect(await second).toBe(2);
  const third = ask();
  await expect.poll(() => waiting.length).toBe(3);
  waiting[2]?.resolve(3);
  expect(await third).toBe(3);
});
