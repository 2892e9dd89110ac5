import type { History, Lineage, Reading, Received, TrueChat, Violation } from "../history";

/**
 * "Exactly once at every reader" means: from the page that a reader loaded on, over all
 * connections that he resumed after the last id he had, every message comes in one
 * `message.created`, in the order of seq, and the versions of a chat's events only grow. After a
 * `resync` he has loaded the page anew, and what it shows may not come again either, except for
 * what happened while it was loading.
 */
export function checkReading({ readings, chats }: History): Violation[] {
  const byId = new Map(chats.map((chat) => [chat.id, chat]));
  return readings.flatMap((reading) =>
    reading.live.flatMap(({ chat }) => {
      const truth = byId.get(chat.id);
      return truth ? checkChat(reading, truth) : [];
    }),
  );
}

function checkChat(reading: Reading, chat: TrueChat): Violation[] {
  const name = (text: string) => `${reading.reader}, chat ${chat.id}: ${text}`;
  return [
    ...reading.lineages.flatMap((lineage) => checkLineage(lineage, chat.id, name)),
    ...checkCompleteness(reading, chat, name),
  ];
}

type Name = (text: string) => string;

function checkLineage({ events, loaded }: Lineage, chatId: string, name: Name): Violation[] {
  const mine = events.filter((event) => event.chatId === chatId);
  const found: Violation[] = [];
  let version = 0;
  let seq = loaded?.[chatId];
  for (const event of mine) {
    if (event.version === version) {
      found.push({ rule: "an event came twice", detail: name(`version ${version}`) });
    } else if (event.version < version) {
      const detail = name(`version ${event.version} after ${version}`);
      found.push({ rule: "events are reordered", detail });
    }
    version = Math.max(version, event.version);
    if (event.event !== "message.created") continue;
    const next = event.message?.seq ?? 0;
    // The page may be newer than the cursor that was taken before it was read.
    if (seq !== undefined && next > seq + 1) {
      const detail = name(`seq ${next} came after ${seq}`);
      found.push({ rule: "a reader missed a message", detail });
    }
    seq = Math.max(seq ?? 0, next);
  }
  const twice = mine.map(seqCreated).filter((one, at, all) => one && all.indexOf(one) !== at);
  if (twice.length) {
    found.push({ rule: "a message came twice", detail: name(`seq ${[...new Set(twice)]}`) });
  }
  return found;
}

/** What his page shows is, place by place, what the database has: so it is the same for all. */
function checkCompleteness({ live }: Reading, chat: TrueChat, name: Name): Violation[] {
  const shown = live.find((one) => one.chat.id === chat.id)?.messages ?? [];
  const bySeq = new Map(shown.map((message) => [message.seq, message]));
  const wrong = chat.rows.filter((row) => {
    const message = bySeq.get(row.seq);
    return message?.id !== row.id || message.version !== row.version || message.body !== row.body;
  });
  const missing = wrong.filter(({ seq }) => !bySeq.has(seq)).map(({ seq }) => seq);
  const stale = wrong.filter(({ seq }) => bySeq.has(seq)).map(({ seq }) => seq);
  const more = shown.length > chat.rows.length;
  return [
    ...(missing.length
      ? [{ rule: "a reader missed a message", detail: name(`seq ${missing}`) }]
      : []),
    ...(stale.length ? [{ rule: "a reader missed a change", detail: name(`seq ${stale}`) }] : []),
    ...(more ? [{ rule: "a reader has a message too many", detail: name("") }] : []),
  ];
}

function seqCreated({ event, message }: Received): number | undefined {
  return event === "message.created" ? message?.seq : undefined;
}
