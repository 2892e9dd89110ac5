import { expect, test } from "vitest";
import type { Message } from "../message";
import { runAround } from "./live-chat";

const at = (seq: number) => ({ seq }) as Message;
const from = (...seqs: number[]) => new Map(seqs.map((seq) => [seq, at(seq)]));
const seqs = (messages: Message[]) => messages.map(({ seq }) => seq);

test("older pages and new messages join the page where there is no hole", () => {
  const known = from(2, 3, 4, 5, 6, 7);
  expect(seqs(runAround(known, [at(4), at(5)]))).toEqual([2, 3, 4, 5, 6, 7]);
});

test("nothing is shown beyond a hole, and nothing twice", () => {
  const known = from(1, 2, 4, 5, 7);
  expect(seqs(runAround(known, [at(4), at(5)]))).toEqual([4, 5]);
});
