import type { Change } from "./change";
import type { ChangeMark } from "./cursor";

/** A change as streams carry it: made once, however many of them take it. */
export type Frame = { mark: ChangeMark; textFor: (userId: string) => string };

const frames = new WeakMap<Change, Frame>();

export function frameOf(change: Change): Frame {
  const known = frames.get(change);
  if (known) return known;
  const frame = makeFrame(change);
  frames.set(change, frame);
  return frame;
}

/** An event without its id, which is each stream's own. */
export function eventText(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

function makeFrame({ chatId, version, xid, event, data, shownTo }: Change): Frame {
  // Without what the change says: streams keep marks for longer than messages.
  const mark = { chatId, version, xid };
  if (shownTo) return { mark, textFor: (userId) => eventText(event, shownTo(userId)) };
  const text = eventText(event, data);
  return { mark, textFor: () => text };
}
