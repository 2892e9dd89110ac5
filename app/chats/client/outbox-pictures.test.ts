import { expect, test } from "vitest";
import type { Attachment } from "~/attachments/attachment";
import type { PickedPicture } from "~/attachments/client/picked-picture";
import { Outbox, type Pending } from "./outbox";

const picture = (id: string): PickedPicture => {
  return { id, name: `${id}.jpg`, type: "image/jpeg", bytes: 1_000, alt: "" };
};
const kept = (id: string) => ({ id }) as Attachment;

type Posted = { fields: Record<string, string>; pictures: readonly PickedPicture[] };
type Answer = Awaited<
  ReturnType<NonNullable<ConstructorParameters<typeof Outbox>[0]["postPictures"]>>
>;

/** Answers each try with the next of `answers`; asks for no more than there are. */
async function sending(...answers: Answer[]) {
  const tries: Posted[] = [];
  const stored = new Map<string, Pending>();
  const outbox = new Outbox({
    userId: "me",
    store: {
      load: async () => [],
      put: async (item) => void stored.set(item.clientId, item),
      remove: async (clientId) => void stored.delete(clientId),
    },
    onSent: () => {},
    post: async () => ({ status: 500, retryAfter: 0 }),
    postPictures: async (_path, fields, pictures) => {
      const answer = answers[tries.push({ fields, pictures }) - 1];
      return answer ?? new Promise(() => {});
    },
  });
  outbox.lead(true);
  await soon();
  outbox.send({ chatId: "chat", body: "", pictures: [picture("one"), picture("two")] });
  await soon();
  return { outbox, tries, stored, item: () => outbox.pending[0] };
}

const soon = () => new Promise((resolve) => setTimeout(resolve));
const refused = { id: "picture.broken" } as const;
const refusedFor = (pictures: PickedPicture[]): Answer => {
  return { status: 422, retryAfter: 0, data: { refused }, pictures };
};

test("what became of each picture outlives a refusal, a reload and the next try", async () => {
  const answer = [
    { ...picture("one"), kept: kept("stored") },
    { ...picture("two"), refused },
  ];
  const { outbox, tries, stored, item } = await sending(refusedFor(answer));
  expect(item()?.failed).toEqual(refused);
  expect([...stored.values()][0]?.pictures).toEqual(answer);
  outbox.leaveOut(item()?.clientId ?? "", "two");
  outbox.retry(item()?.clientId ?? "");
  await soon();
  expect(tries[1]?.pictures).toEqual([answer[0]]);
  expect(tries[1]?.fields.clientId).toBe(tries[0]?.fields.clientId);
});

test("what was stored before the server failed is not sent a second time", async () => {
  const pictures = [{ ...picture("one"), kept: kept("stored") }, picture("two")];
  const { outbox, tries, item } = await sending({ status: 503, retryAfter: 0, pictures });
  expect(item()?.failed).toBeNull();
  outbox.wake();
  await soon();
  expect(tries[1]?.pictures).toEqual(pictures);
});

test("no picture is left out of a message that may have gone already", async () => {
  const { outbox, item } = await sending({ status: 0, retryAfter: 0 });
  outbox.leaveOut(item()?.clientId ?? "", "one");
  expect(item()?.pictures).toHaveLength(2);
});
