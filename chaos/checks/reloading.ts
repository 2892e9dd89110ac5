import { isDeepStrictEqual } from "node:util";
import type { History, Reading, Shown, TrueChat, Violation } from "../history";

/** What a page shows that was live all the time is what a fresh one shows, unread counts among it. */
export function checkReloading({ readings, chats }: History): Violation[] {
  return readings.flatMap((reading) =>
    chats.flatMap((chat) => [...compare(reading, chat.id), ...checkUnread(reading, chat)]),
  );
}

function compare({ reader, live, reload }: Reading, chatId: string): Violation[] {
  const [mine, fresh] = [find(live, chatId), find(reload, chatId)];
  if (!mine && !fresh) return [];
  const differing = differences(mine, fresh);
  if (!differing.length) return [];
  const detail = `${reader}, chat ${chatId}: ${differing.join("; ")}`;
  return [{ rule: "the live page is not what a reload shows", detail }];
}

function differences(live: Shown | undefined, fresh: Shown | undefined): string[] {
  if (!live || !fresh) return ["one of them has no such chat"];
  const found: string[] = [];
  const note = (what: string, a: unknown, b: unknown) => {
    if (!isDeepStrictEqual(a, b)) {
      found.push(`${what}: live ${JSON.stringify(a)}, fresh ${JSON.stringify(b)}`);
    }
  };
  note("status", live.chat.status, fresh.chat.status);
  note("last seq", live.chat.lastSeq, fresh.chat.lastSeq);
  note("participants", live.chat.participants, fresh.chat.participants);
  note("unread", live.unread, fresh.unread);
  note("messages", live.messages.length, fresh.messages.length);
  const bySeq = new Map(live.messages.map((message) => [message.seq, message]));
  for (const message of fresh.messages) {
    // A handful says as much as all of them.
    if (found.length < 5) note(`seq ${message.seq}`, bySeq.get(message.seq), message);
  }
  return found;
}

function checkUnread({ reader, userId, live }: Reading, chat: TrueChat): Violation[] {
  const shown = find(live, chat.id);
  if (!shown || shown.unread === chat.unread[userId]) return [];
  const detail = `${reader}, chat ${chat.id}: shows ${shown.unread}, counted ${chat.unread[userId]}`;
  return [{ rule: "an unread count is wrong", detail }];
}

function find(shown: Shown[], chatId: string): Shown | undefined {
  return shown.find(({ chat }) => chat.id === chatId);
}
