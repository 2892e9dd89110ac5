import { chainStart } from "../../../bin/transcript/chain.mjs";
import type { PersonRow, TranscriptRows } from "./read.server";
import { chained, type MessageRow, type TranscriptRecord, versionsOf } from "./records";
import type { Checkpoint, Head, Transcript, TranscriptPerson } from "./transcript";

export type Making = Pick<
  Transcript,
  "exportedAt" | "exportedBy" | "exportedByKey" | "caseId" | "operator"
>;

/** Other work goes on between so many records. */
const recordsAtOnce = 25;

/** The full transcript of a chat, hashes and all. */
export async function makeTranscript(rows: TranscriptRows, making: Making): Promise<Transcript> {
  const { id: chatId, salt, ...chat } = rows.chat;
  const chainOf = async (id: string) => {
    const messages = await makeChain(
      rows.messages.filter((row) => row.chat_id === id),
      { chatId: id, salt },
    );
    return { messages, head: headAt(id, messages), people: peopleOf(id, rows.people) };
  };
  const main = await chainOf(chatId);
  const threads: Transcript["threads"] = [];
  for (const thread of rows.threads) threads.push({ ...thread, ...(await chainOf(thread.chatId)) });
  const actions = rows.actions
    .map(({ details, ...action }) => ({
      ...action,
      at: iso(action.at),
      details: JSON.parse(details),
    }))
    .sort((a, b) => a.entry - b.entry);
  return {
    format: "parley-transcript-1",
    copy: "full",
    ...making,
    chatId,
    chat: {
      ...chat,
      createdAt: iso(chat.createdAt),
      closedAt: chat.closedAt && iso(chat.closedAt),
    },
    ...main,
    checkpoints: checkpointsOf(chatId, main.messages, actions),
    verdicts: rows.verdicts.sort((a, b) => a.version - b.version),
    disputes: rows.disputes
      .map(({ pictures, ...dispute }) => ({
        ...dispute,
        openedAt: iso(dispute.openedAt),
        resolvedAt: dispute.resolvedAt && iso(dispute.resolvedAt),
        pictures: pictures ?? [],
      }))
      .sort((a, b) => a.openedAt.localeCompare(b.openedAt)),
    actions,
    threads,
  };
}

async function makeChain(
  rows: MessageRow[],
  { chatId, salt }: { chatId: string; salt: string },
): Promise<TranscriptRecord[]> {
  const records: TranscriptRecord[] = [];
  let previous = chainStart(chatId);
  for (const version of versionsOf(rows)) {
    if (records.length % recordsAtOnce === recordsAtOnce - 1) await new Promise(setImmediate);
    const record = chained(version, { chatId, salt, previous });
    records.push(record);
    previous = record.hash;
  }
  return records;
}

/** Where a chain ended when the chat was at this version. */
function headAt(chatId: string, messages: TranscriptRecord[], version = Number.MAX_VALUE): Head {
  const last = messages.findLast((record) => record.version <= version);
  return { version: last?.version ?? 0, hash: last?.hash ?? chainStart(chatId) };
}

/** @param actions of the audit log, some of which noted where the chain ended */
function checkpointsOf(
  chatId: string,
  messages: TranscriptRecord[],
  actions: Transcript["actions"],
): Checkpoint[] {
  return actions.flatMap(({ at, entry, details, ...action }) => {
    if (action.chatId !== chatId) return [];
    const { version, head } = details as Partial<Pick<Checkpoint, "version" | "head">>;
    if (typeof version !== "number" || typeof head !== "string") return [];
    const found = headAt(chatId, messages, version);
    const matches = found.hash === head && found.version === version;
    return [{ at, entry, version, head, matches }];
  });
}

function peopleOf(chatId: string, people: PersonRow[]): TranscriptPerson[] {
  return people
    .filter((person) => person.chatId === chatId)
    .map(({ chatId: _, sharesReads: __, whileBlocked: ___, ...person }) => ({
      ...person,
      joinedAt: iso(person.joinedAt),
      leftAt: person.leftAt && iso(person.leftAt),
    }))
    .sort((a, b) => `${a.role} ${a.joinedAt}`.localeCompare(`${b.role} ${b.joinedAt}`));
}

const iso = (time: string) => new Date(time).toISOString();
