import { formatSnapshot, parseSnapshot, type Snapshot, sees } from "./snapshot";

/** The changes of a chat are numbered by its version; `xid` is the transaction that made this one. */
export type ChangeMark = { chatId: string; version: number; xid: bigint };

/**
 * How far a stream has come: all that `base` sees, and in the chats of `ahead` all up to a version.
 * Kept apart from any instance, so that the stream can go on elsewhere.
 */
export type Cursor = { epoch: string; base: Snapshot; ahead: Map<string, ChangeMark> };

export function hasSeen(cursor: Cursor, change: ChangeMark): boolean {
  if (sees(cursor.base, change.xid)) return true;
  return change.version <= (cursor.ahead.get(change.chatId)?.version ?? 0);
}

/** Notes a change that was just delivered. */
export function advance(cursor: Cursor, change: ChangeMark): void {
  cursor.ahead.set(change.chatId, change);
}

/** Moves the base on and forgets the chats that it covers. */
export function rebase(cursor: Cursor, base: Snapshot): void {
  cursor.base = base;
  for (const [chatId, mark] of cursor.ahead) {
    if (sees(base, mark.xid)) cursor.ahead.delete(chatId);
  }
}

/** One line without white space, as the `id:` of an event. */
export function formatCursor({ epoch, base, ahead }: Cursor): string {
  let text = `${epoch}~${once(snapshotTexts, base, formatSnapshot)}`;
  for (const mark of ahead.values()) text += once(markTexts, mark, formatMark);
  return text;
}

/** Thousands of streams name the same snapshots and marks. */
const snapshotTexts = new WeakMap<Snapshot, string>();
const markTexts = new WeakMap<ChangeMark, string>();

function once<Key extends object>(
  texts: WeakMap<Key, string>,
  key: Key,
  format: (key: Key) => string,
): string {
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = format(key);
  texts.set(key, text);
  return text;
}

function formatMark({ chatId, version, xid }: ChangeMark): string {
  return `~${pack(chatId)}:${version}:${xid}`;
}

/** @returns null for what no Parley wrote: the reader has to start over */
export function parseCursor(text: string): Cursor | null {
  const [epoch, base, ...marks] = text.split("~");
  if (!epoch || !base || marks.length > 1_000) return null;
  try {
    const ahead = marks.map((mark): [string, ChangeMark] => {
      const [, chat, version, xid] = /^([\w-]{22}):(\d{1,15}):(\d{1,19})$/.exec(mark) ?? [];
      if (!chat || !version || !xid) throw new Error("Not a mark");
      const chatId = unpack(chat);
      return [chatId, { chatId, version: Number(version), xid: BigInt(xid) }];
    });
    return { epoch, base: parseSnapshot(base), ahead: new Map(ahead) };
  } catch {
    return null;
  }
}

function pack(uuid: string): string {
  return Buffer.from(uuid.replaceAll("-", ""), "hex").toString("base64url");
}

function unpack(packed: string): string {
  const hex = Buffer.from(packed, "base64url").toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
