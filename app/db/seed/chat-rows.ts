import type { chatMessages, chatMessageVersions, chatParticipants, chats } from "~/db/schema";
import type { DemoChat, DemoLine } from "./content/types";
import type { DemoAttachment } from "./pictures/demo-pictures.server";

type Rows = {
  chat: typeof chats.$inferInsert;
  participants: (typeof chatParticipants.$inferInsert)[];
  messages: (typeof chatMessages.$inferInsert)[];
  versions: (typeof chatMessageVersions.$inferInsert)[];
  pictures: DemoAttachment[];
};
type MakeId = (kind: string, key: string) => string;

const minute = 60_000;

/** The rows that a talk would have left behind, had it been held here. */
export function chatRows(talk: DemoChat, sellerKey: string, now: Date, makeId: MakeId): Rows {
  const key = `${talk.listingReference}/${talk.buyerKey}`;
  const chatId = makeId("chat", key);
  const side = { buyer: makeId("user", talk.buyerKey), seller: makeId("user", sellerKey) };
  const times = lineTimes(talk, now);
  // Version 1 is the chat itself, seq 1 and version 2 that it was started.
  let version = 2;
  const startedAt = new Date((times[0] ?? now).getTime() - minute);
  const started: Rows["messages"][number] = {
    id: makeId("message", `${key}/1`),
    chatId,
    seq: 1,
    createdVersion: 2,
    version: 2,
    type: "system",
    event: { kind: "chat_started" },
    createdAt: startedAt,
  };
  const versions: Rows["versions"] = [];
  const pictures: Rows["pictures"] = [];
  const messages = talk.lines.map((line, at) => {
    const id = makeId("message", `${key}/${at + 2}`);
    const createdAt = times[at] ?? now;
    const changedAt = new Date(createdAt.getTime() + minute);
    const base = { id, chatId, seq: at + 2, createdVersion: ++version, createdAt };
    if (line.from === "system") {
      return { ...base, version, type: "system" as const, event: line.system };
    }
    for (const [position, { scene, alt = null }] of (line.pictures ?? []).entries()) {
      const of = { chatId, uploaderId: side[line.from], messageId: id, position, createdAt };
      pictures.push({ ...of, id: makeId("attachment", `${id}/${position}`), scene, alt });
    }
    const text = {
      ...base,
      type: line.pictures ? ("image" as const) : ("text" as const),
      senderId: side[line.from],
      clientId: makeId("client", id),
      replyTo: line.replyTo === undefined ? null : line.replyTo + 2,
    };
    const before = line.unsent ? line.text : line.edited;
    if (!before) return { ...text, version, body: line.text };
    versions.push({ messageId: id, version, body: before, replacedAt: changedAt });
    version += 1;
    return line.unsent
      ? { ...text, version, body: null, deletedAt: changedAt }
      : { ...text, version, body: line.text, editedAt: changedAt };
  });
  const lastSeq = messages.length + 1;
  const lastMessageAt = times.at(-1) ?? now;
  const closed = talk.status === "closed";
  if (closed) version += 1;
  return {
    chat: {
      id: chatId,
      subjectId: makeId("subject", talk.listingReference),
      buyerId: side.buyer,
      status: talk.status,
      version,
      stateVersion: closed ? version : 1,
      lastSeq,
      lastMessageAt,
      createdAt: startedAt,
      closedAt: closed ? lastMessageAt : null,
    },
    participants: (["buyer", "seller"] as const).map((role) => {
      const readSeq = lastSeq - (talk.unreadFor?.[role] ?? 0);
      const archivedAt = talk.archivedBy?.includes(role) ? now : null;
      return { chatId, userId: side[role], role, readSeq, deliveredSeq: readSeq, archivedAt };
    }),
    messages: [started, ...messages],
    versions,
    pictures,
  };
}

/** When each line was written, so that the last one lies as long ago as the talk says. */
function lineTimes(talk: DemoChat, now: Date): Date[] {
  let at = now.getTime() - talk.lastActivityHoursBeforeNow * 60 * minute;
  const times: Date[] = [];
  for (const line of [...talk.lines].reverse() as DemoLine[]) {
    times.unshift(new Date(at));
    at -= line.minutesAfterPrevious * minute;
  }
  return times;
}
