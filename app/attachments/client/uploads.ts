import type { PickedPicture } from "./picked-picture";

type Note = { clientId: string; parts: number[] | null } | { stop: string };

/** How often other tabs hear how far an upload is, in ms. */
const tellEvery = 250;

/** Uploads under way in any tab of one person: how far each picture is, and how to stop them. */
export class Uploads {
  /** Counts changes; for `useSyncExternalStore`. */
  revision = 0;
  private readonly parts = new Map<string, number[]>();
  private readonly stops = new Map<string, AbortController>();
  private readonly listeners = new Set<() => void>();
  private readonly channel?: BroadcastChannel;
  private toldAt = 0;

  constructor(userId: string) {
    if (typeof BroadcastChannel === "undefined") return;
    this.channel = new BroadcastChannel(`parley uploads ${userId}`);
    this.channel.onmessage = ({ data }: MessageEvent<Note>) => {
      if ("stop" in data) this.stops.get(data.stop)?.abort();
      else this.show(data.clientId, data.parts);
    };
  }

  /** @returns how much of each picture has left, from 0 to 1; undefined while none is on its way */
  partsOf(clientId: string): number[] | undefined {
    return this.parts.get(clientId);
  }

  begin(clientId: string): AbortSignal {
    const controller = new AbortController();
    this.stops.set(clientId, controller);
    return controller.signal;
  }

  tell(clientId: string, parts: number[]): void {
    this.show(clientId, parts);
    if (Date.now() - this.toldAt < tellEvery) return;
    this.toldAt = Date.now();
    this.channel?.postMessage({ clientId, parts } satisfies Note);
  }

  end(clientId: string): void {
    this.stops.delete(clientId);
    this.show(clientId, null);
    this.channel?.postMessage({ clientId, parts: null } satisfies Note);
  }

  stop(clientId: string): void {
    this.stops.get(clientId)?.abort();
    this.channel?.postMessage({ stop: clientId } satisfies Note);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private show(clientId: string, parts: number[] | null): void {
    if (parts) this.parts.set(clientId, parts);
    else this.parts.delete(clientId);
    this.revision += 1;
    for (const listener of this.listeners) listener();
  }
}

const all = new Map<string, Uploads>();

export function uploadsOf(userId: string): Uploads {
  const uploads = all.get(userId) ?? new Uploads(userId);
  all.set(userId, uploads);
  return uploads;
}

/**
 * How much of each picture has left, from 0 to 1: files follow each other, after all fields.
 *
 * @param loaded bytes of the whole form, of `total`
 */
export function partsOf(
  pictures: readonly PickedPicture[],
  loaded: number,
  total: number,
): number[] {
  const files = pictures.filter(({ kept }) => !kept);
  let start = Math.max(0, total - files.reduce((sum, { bytes }) => sum + bytes, 0));
  return pictures.map(({ kept, bytes }) => {
    if (kept) return 1;
    const part = Math.min(1, Math.max(0, (loaded - start) / Math.max(1, bytes)));
    start += bytes;
    return part;
  });
}
