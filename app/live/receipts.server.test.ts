import { expect, test } from "vitest";
import { type Receipt, Receipts } from "./receipts.server";

const change = (chatId: string, seq: number) => ({
  chatId,
  seq,
  from: "sender",
  event: "message.created",
  version: seq,
  xid: 1n,
  data: {},
});

function makeReceipts(deliver: (receipts: Receipt[]) => void = () => {}) {
  const told: Receipt[][] = [];
  const errors: unknown[] = [];
  const receipts = new Receipts(
    async (some) => {
      await deliver(some);
      told.push(some);
    },
    (error) => errors.push(error),
  );
  return { receipts, told, errors };
}

test("of each reader in each chat the last message that his streams took is told, once", async () => {
  const { receipts, told } = makeReceipts();
  receipts.took(change("a", 3), "reader");
  receipts.took(change("a", 2), "reader");
  receipts.took(change("b", 1), "reader");
  receipts.took(change("b", 1), "sender");
  await receipts.send();
  await receipts.send();
  expect(told).toEqual([
    [
      { chatId: "a", userId: "reader", seq: 3 },
      { chatId: "b", userId: "reader", seq: 1 },
    ],
  ]);
});

test("many are told in small transactions, all of them before the next are gathered", async () => {
  const { receipts, told } = makeReceipts();
  for (let at = 0; at < 120; at++) receipts.took(change(`chat ${at}`, 1), "reader");
  await receipts.send();
  expect(told.map((some) => some.length)).toEqual([50, 50, 20]);
});

test("what comes while it is told is told the next time, and by nobody twice at once", async () => {
  const { receipts, told } = makeReceipts(() => {
    if (told.length) return;
    receipts.took(change("a", 2), "reader");
    void receipts.send();
  });
  receipts.took(change("a", 1), "reader");
  await receipts.send();
  expect(told.flat().map(({ seq }) => seq)).toEqual([1]);
  await receipts.send();
  expect(told.flat().map(({ seq }) => seq)).toEqual([1, 2]);
});

test("what the database does not take is told again, and what was to come after it", async () => {
  let isAway = true;
  const { receipts, told, errors } = makeReceipts(() => {
    if (isAway) throw new Error("away");
  });
  for (let at = 0; at < 60; at++) receipts.took(change(`chat ${at}`, 1), "reader");
  await receipts.send();
  expect(errors).toHaveLength(1);
  isAway = false;
  await receipts.send();
  expect(told.flat()).toHaveLength(60);
});
