import { expect, test, vi } from "vitest";
import type { RouteAnswer } from "~/http/client/route-fetch";
import type { Message } from "../message";
import { Outbox, type SendAnswer } from "./outbox";

type Answer = RouteAnswer<SendAnswer>;
const sent = (seq: number): Answer => ({
  kind: "data",
  status: 200,
  data: { sent: { seq } as Message },
});

/** Answers when the test says so. */
function slowServer() {
  const asked: { fields: Record<string, string>; answer: (answer: Answer) => void }[] = [];
  const post = (_path: string, fields: Record<string, string>) =>
    new Promise<Answer>((answer) => asked.push({ fields, answer }));
  return { asked, post };
}

test("messages leave one at a time, in the order in which they were written", async () => {
  const { asked, post } = slowServer();
  const outbox = new Outbox(() => {}, post);
  for (const body of ["one", "two", "three"]) outbox.send({ chatId: "chat", body });
  for (const at of [0, 1, 2]) {
    await vi.waitFor(() => expect(asked).toHaveLength(at + 1));
    asked[at]?.answer(sent(at));
  }
  expect(asked.map(({ fields }) => fields.body)).toEqual(["one", "two", "three"]);
});

test("a message that failed waits, keeps its client id, and holds up nobody", async () => {
  const { asked, post } = slowServer();
  const outbox = new Outbox(() => {}, post);
  outbox.send({ chatId: "chat", body: "one" });
  outbox.send({ chatId: "chat", body: "two" });
  asked[0]?.answer({ kind: "failed", status: 0 });
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(outbox.pending[0]?.failed).toEqual({ id: "chat.offline" });
  outbox.retry(outbox.pending[0]?.clientId ?? "");
  asked[1]?.answer(sent(1));
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(asked[2]?.fields.clientId).toBe(asked[0]?.fields.clientId);
});

test("what was stored stays until its chat shows it", async () => {
  const { asked, post } = slowServer();
  const stored: Message[] = [];
  const outbox = new Outbox((message) => stored.push(message), post);
  outbox.send({ chatId: "chat", body: "one" });
  asked[0]?.answer(sent(7));
  await vi.waitFor(() => expect(outbox.pending[0]?.sent?.seq).toBe(7));
  expect(stored).toHaveLength(1);
  outbox.discard(outbox.pending[0]?.clientId ?? "");
  expect(outbox.pending).toHaveLength(0);
});

test.each([
  [{ kind: "signed-out" }, "chat.signedOut"],
  [{ kind: "failed", status: 500 }, "chat.notAccepted"],
  [{ kind: "failed", status: 0 }, "chat.offline"],
  [{ kind: "data", status: 422, data: { refused: { id: "chat.body.empty" } } }, "chat.body.empty"],
] as const)("%o says why the message was not sent", async (answer, id) => {
  const { asked, post } = slowServer();
  const outbox = new Outbox(() => {}, post);
  outbox.send({ chatId: "chat", body: "one" });
  asked[0]?.answer(answer);
  await vi.waitFor(() => expect(outbox.pending[0]?.failed?.id).toBe(id));
});
