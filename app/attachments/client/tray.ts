import { newId } from "~/http/client/new-id";
import type { Phrase } from "~/ui/i18n";
import type { TriedPicture } from "../attachment";
import { pictureKind } from "../picture-kind";
import type { PickedPicture } from "./picked-picture";
import { type PictureStore, picturesOf } from "./picture-store";

/** What a message takes: pictures, and bytes of each. */
export type PictureLimits = { count: number; bytes: number };

/** Whose pictures, for which chat, and the name under which the tab keeps them. */
export type Picking = { userId: string; key: string; limits: PictureLimits };

/** As many bytes as tell what a file is. */
const headBytes = 256;

/**
 * Pictures that are chosen for the next message of a chat. They outlive a reload of their tab. What
 * the server would surely refuse says so at once; everything else is for the server to judge.
 */
export class Tray {
  pictures: readonly PickedPicture[] = [];
  private readonly adopted = new Set<string>();
  private readonly listeners = new Set<() => void>();
  readonly store: PictureStore;

  constructor(
    readonly userId: string,
    private readonly key: string,
    private readonly limits: PictureLimits,
  ) {
    this.store = picturesOf(userId);
    this.show(readKept(this.key));
  }

  add(files: readonly File[]): void {
    const added = files.map((file) => ({ file, id: newId() }));
    for (const { file, id } of added) {
      void this.store.put(id, file);
      void this.judge(id, file);
    }
    const asPicked = ({ file, id }: (typeof added)[number]): PickedPicture => {
      return { id, name: file.name, type: file.type, bytes: file.size, alt: "" };
    };
    this.show([...this.pictures, ...added.map(asPicked)]);
  }

  /** Takes over, once, what the plain form left with the server, and what it could not send. */
  adopt(tried: readonly TriedPicture[] = []): void {
    const asPicked = ({ index, name = "", kept, refused }: TriedPicture): PickedPicture => {
      const id = kept?.id ?? `${index} ${name}`;
      return { id, name, type: "", bytes: 0, alt: kept?.alt ?? "", kept, refused };
    };
    const left = tried.map(asPicked).filter(({ id }) => !this.adopted.has(id));
    for (const { id } of left) this.adopted.add(id);
    if (left.length) this.show([...left, ...this.pictures]);
  }

  remove(id: string): void {
    this.show(this.pictures.filter((one) => one.id !== id));
    void this.store.remove([id]);
  }

  describe(id: string, alt: string): void {
    this.change(id, { alt });
  }

  refuse(id: string, refused: Phrase): void {
    this.change(id, { refused });
  }

  /** Why it cannot be sent as things stand. */
  refusalOf({ id, bytes, refused }: PickedPicture): Phrase | undefined {
    const { count, bytes: most } = this.limits;
    if (refused) return refused;
    if (bytes > most)
      return { id: "picture.tooLarge", values: { max: Math.floor(most / 2 ** 20) } };
    const place = this.pictures.findIndex((one) => one.id === id);
    return place >= count ? { id: "picture.tooMany", values: { max: count } } : undefined;
  }

  get hasRefused(): boolean {
    return this.pictures.some((one) => this.refusalOf(one));
  }

  /** Hands the pictures over to a message. */
  take(): PickedPicture[] {
    const taken = [...this.pictures];
    this.show([]);
    return taken;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private async judge(id: string, file: File): Promise<void> {
    try {
      const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
      const kind = pictureKind(head);
      if (head.length === 0) this.refuse(id, { id: "picture.empty" });
      else if (kind === "heic") this.refuse(id, { id: "picture.heic" });
      else if (!kind) this.refuse(id, { id: "picture.notAPicture" });
    } catch {
      this.refuse(id, { id: "picture.lost" });
    }
  }

  private change(id: string, news: Partial<PickedPicture>): void {
    this.show(this.pictures.map((one) => (one.id === id ? { ...one, ...news } : one)));
  }

  private show(pictures: readonly PickedPicture[]): void {
    this.pictures = pictures;
    keep(this.key, pictures);
    for (const listener of this.listeners) listener();
  }
}

const trays = new Map<string, Tray>();

/** The same for every form that a chat shows, one after another. */
export function trayOf({ userId, key, limits }: Picking): Tray {
  const tray = trays.get(key) ?? new Tray(userId, key, limits);
  trays.set(key, tray);
  return tray;
}

function readKept(key: string): PickedPicture[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]") as PickedPicture[];
  } catch {
    return [];
  }
}

function keep(key: string, pictures: readonly PickedPicture[]): void {
  try {
    if (pictures.length) sessionStorage.setItem(key, JSON.stringify(pictures));
    else sessionStorage.removeItem(key);
  } catch {
    // They are in this tab all the same.
  }
}
