import { createStore, promisifyRequest, type UseStore } from "idb-keyval";
import { outboxStore } from "~/chats/client/outbox-store";

type Kept = { blob: Blob; keptAt: number };
type Note = { wants: string } | { id: string; blob: Blob };

/** What no message needs and was chosen longer ago than this, in ms, goes. */
const longestKept = 24 * 3_600_000;
/** How long another tab may take to hand a picture over, in ms. */
const patience = 3_000;

/**
 * The bytes of pictures that are chosen and not sent, each person's apart. This tab's are in memory
 * as well: where a browser keeps nothing (private windows, a full disk), its tabs ask each other.
 */
export class PictureStore {
  private readonly own = new Map<string, Blob>();
  private readonly wanted = new Map<string, (blob: Blob) => void>();
  private readonly channel?: BroadcastChannel;
  private readonly idb: UseStore;

  constructor(private readonly userId: string) {
    this.idb = createStore(`parley pictures ${userId}`, "pictures");
    if (typeof BroadcastChannel === "undefined") return;
    this.channel = new BroadcastChannel(`parley pictures ${userId}`);
    this.channel.onmessage = ({ data }: MessageEvent<Note>) => this.hear(data);
  }

  async put(id: string, blob: Blob): Promise<void> {
    this.own.set(id, blob);
    await this.change((kept) => kept.put({ blob, keptAt: Date.now() } satisfies Kept, id));
  }

  /** @returns undefined when no tab of this browser has it any more */
  async read(id: string): Promise<Blob | undefined> {
    const own = this.own.get(id);
    if (own && (await isReadable(own))) return own;
    const kept = await tryTo(
      this.idb<Kept | undefined>("readonly", (store) => promisifyRequest(store.get(id))),
    );
    if (kept && (await isReadable(kept.blob))) return kept.blob;
    return this.ask(id);
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.own.delete(id);
    await this.change((kept) => {
      for (const id of ids) kept.delete(id);
    });
  }

  /** Lets go of what a closed tab chose and never sent. */
  async sweep(): Promise<void> {
    const waiting = await outboxStore(this.userId).load();
    const needed = new Set(waiting.flatMap(({ pictures = [] }) => pictures.map(({ id }) => id)));
    const all = (await tryTo(this.idb("readonly", entriesOf))) ?? [];
    const old = all.filter(([id, { keptAt }]) => !needed.has(id) && isOld(keptAt));
    await this.remove(old.map(([id]) => id));
  }

  private change(work: (store: IDBObjectStore) => void): Promise<unknown> {
    const changing = this.idb("readwrite", (store) => {
      work(store);
      return promisifyRequest(store.transaction);
    });
    return tryTo(changing);
  }

  private ask(id: string): Promise<Blob | undefined> {
    return new Promise((resolve) => {
      const end = (blob?: Blob) => {
        clearTimeout(timer);
        this.wanted.delete(id);
        resolve(blob);
      };
      const timer = setTimeout(end, this.channel ? patience : 0);
      this.wanted.set(id, end);
      this.channel?.postMessage({ wants: id } satisfies Note);
    });
  }

  private hear(note: Note): void {
    if ("blob" in note) {
      this.wanted.get(note.id)?.(note.blob);
    } else {
      const blob = this.own.get(note.wants);
      if (blob) this.channel?.postMessage({ id: note.wants, blob } satisfies Note);
    }
  }
}

const stores = new Map<string, PictureStore>();

export function picturesOf(userId: string): PictureStore {
  const known = stores.get(userId);
  if (known) return known;
  const store = new PictureStore(userId);
  stores.set(userId, store);
  void store.sweep();
  return store;
}

/** A file may have been changed or removed since it was chosen. */
async function isReadable(blob: Blob): Promise<boolean> {
  return (await tryTo(blob.slice(0, 1).arrayBuffer())) !== undefined;
}

async function entriesOf(store: IDBObjectStore): Promise<[id: string, kept: Kept][]> {
  const [ids, all] = await Promise.all([
    promisifyRequest(store.getAllKeys()),
    promisifyRequest<Kept[]>(store.getAll()),
  ]);
  return all.map((kept, at) => [String(ids[at]), kept]);
}

function isOld(keptAt: number): boolean {
  return Date.now() - keptAt > longestKept;
}

async function tryTo<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch {
    return undefined;
  }
}
