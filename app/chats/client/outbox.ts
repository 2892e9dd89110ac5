import type { Attachment } from "~/attachments/attachment";
import type { PickedPicture } from "~/attachments/client/picked-picture";
import { newId } from "~/http/client/new-id";
import { type PostAnswer, postForm } from "~/http/client/post-form";
import { chatPath } from "~/http/paths";
import type { Told } from "~/safety/told";
import type { Phrase } from "~/ui/i18n";
import type { Message } from "../message";
import type { OutboxStore } from "./outbox-store";

export type Pending = {
  clientId: string;
  chatId: string;
  body: string;
  replyTo?: number;
  pictures?: PickedPicture[];
  createdAt: string;
  /** When it was last asked to be sent, in ms since 1970. */
  askedAt: number;
  /** How often it left for the server. */
  attempts: number;
  /** Stored by the server; it stays here until the chat shows it. */
  sent: Message | null;
  /** Why it was not sent; it waits for the sender to decide. */
  failed: Phrase | null;
  /** Where the filters refused it. */
  told?: Told;
  /** The sender was warned and wants it sent all the same. */
  confirm?: string;
};

/** What tabs tell each other of their outboxes. */
export type OutboxNote = { put: Pending } | { gone: string } | { isHeldUp: boolean };

/** What the action answers to `intent=send`. */
export type SendAnswer = { sent: Message | null } | Refused;

type Refused = {
  refused: Phrase;
  told?: Told;
  pictures?: { index: number; refused?: Phrase; kept?: Attachment }[];
};

type Posted = PostAnswer<SendAnswer> & { pictures?: PickedPicture[] };

type PostPictures = (
  path: string,
  fields: Record<string, string>,
  pictures: readonly PickedPicture[],
) => Promise<Posted>;

type Options = {
  userId: string;
  store: OutboxStore;
  /** Is told what the server stored. */
  onSent: (message: Message) => void;
  post?: typeof postForm<SendAnswer>;
  postPictures?: PostPictures;
};

/** First wait and longest wait before a message is sent again, in ms; each is spread by half. */
const [firstWait, longestWait] = [1_000, 30_000];
/** What waited longer than this, in ms, is sent no more by itself: by now it may be out of place. */
const stale = 24 * 3_600_000;

/**
 * Messages on their way, in all chats: in each one at a time, so that they arrive in the order in
 * which they were written. What the server did not answer is sent again with its client id, so that
 * it is there once. Every tab shows them; only the one that leads sends.
 */
export class Outbox {
  pending: readonly Pending[] = [];
  /** The last try found no server: what waits will go when it is back. */
  isHeldUp = false;
  /** Counts changes; for `useSyncExternalStore`. */
  revision = 0;
  /** Tells the other tabs. */
  share: (note: OutboxNote) => void = () => {};
  private isLeading = false;
  /** Until then there may be older ones than those that are known. */
  private isLoaded = false;
  private readonly listeners = new Set<() => void>();
  private readonly running = new Set<string>();
  private readonly waiting = new Set<() => void>();
  /** Sent or deleted: what another tab or the store still says of them is old. */
  private readonly gone = new Set<string>();
  private readonly post: typeof postForm<SendAnswer>;

  constructor(private readonly options: Options) {
    this.post = options.post ?? postForm<SendAnswer>;
  }

  send(draft: Pick<Pending, "chatId" | "body" | "replyTo" | "pictures">): void {
    const askedAt = Date.now();
    const last = this.pending.at(-1)?.createdAt ?? "";
    // Two in the same moment keep their order; so do those before and after a clock that was set back.
    const createdAt = new Date(Math.max(askedAt, (Date.parse(last) || 0) + 1)).toISOString();
    const item = { ...draft, clientId: newId(), createdAt, askedAt, attempts: 0 };
    this.put({ ...item, sent: null, failed: null });
    this.run(draft.chatId);
  }

  /** @param changed what the sender made of it since it was refused */
  retry(
    clientId: string,
    changed?: Pick<Pending, "confirm"> | Pick<Pending, "body" | "pictures">,
  ): void {
    const item = this.find(clientId);
    if (!item) return;
    const again = { failed: null, told: undefined, confirm: undefined, askedAt: Date.now() };
    this.put({ ...item, ...again, ...changed });
    this.run(item.chatId);
    this.wake();
  }

  /** A picture of a message that waits for its sender's decision is not to be sent after all. */
  leaveOut(clientId: string, pictureId: string): void {
    const item = this.find(clientId);
    const pictures = item?.pictures?.filter(({ id }) => id !== pictureId);
    if (item?.failed) this.put({ ...item, pictures });
  }

  /** For a message that the sender gives up, or that its chat shows by now. */
  discard(clientId: string): void {
    const { pictures } = this.find(clientId) ?? {};
    if (pictures) void forgetPictures(this.options.userId, clientId, pictures).catch(() => {});
    this.drop(clientId);
    void this.options.store.remove(clientId);
    this.share({ gone: clientId });
  }

  /** Takes up what this browser kept from before: of this page, of others, of another day. */
  async load(): Promise<void> {
    const kept = await this.options.store.load();
    for (const item of kept) if (!this.find(item.clientId)) this.keep(item);
    this.isLoaded = true;
    this.runAll();
  }

  lead(isLeading: boolean): void {
    if (this.isLeading === isLeading) return;
    this.isLeading = isLeading;
    // The one that led before may have known more than it told.
    this.isLoaded &&= !isLeading;
    if (isLeading) void this.load();
    else this.wake();
  }

  /** Another tab changed something. */
  receive(note: OutboxNote): void {
    if ("gone" in note) this.drop(note.gone);
    else if ("isHeldUp" in note) this.holdUp(note.isHeldUp);
    else {
      this.keep(note.put);
      if (note.put.sent) this.options.onSent(note.put.sent);
      this.runAll();
    }
  }

  /** Nothing can leave now, or it can again. */
  holdUp(isHeldUp: boolean): void {
    this.isHeldUp = isHeldUp;
    this.changed();
  }

  /** Now is a good time to try again. */
  wake(): void {
    for (const go of this.waiting) go();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private runAll(): void {
    for (const { chatId } of this.pending) this.run(chatId);
  }

  private run(chatId: string): void {
    if (!this.isLeading || !this.isLoaded || this.running.has(chatId)) return;
    this.running.add(chatId);
    void this.sendAll(chatId);
  }

  private async sendAll(chatId: string): Promise<void> {
    let failures = 0;
    for (let next = this.next(chatId); next; next = this.next(chatId)) {
      if (Date.now() - next.askedAt > stale) {
        this.put({ ...next, failed: { id: "chat.tooOld" } });
        continue;
      }
      const answer = await this.attempt(next);
      if (this.settle(next.clientId, answer)) failures = 0;
      else await this.pause(answer.retryAfter, Math.min(firstWait * 2 ** failures++, longestWait));
    }
    this.running.delete(chatId);
  }

  private attempt(item: Pending): Promise<Posted> {
    const { clientId, chatId, body, replyTo, pictures, confirm } = item;
    // Without a network it surely does not leave.
    const attempts = item.attempts + (navigator.onLine === false ? 0 : 1);
    this.put({ ...item, attempts });
    const path = chatPath(chatId);
    const fields = {
      intent: "send",
      sender: this.options.userId,
      clientId,
      body,
      replyTo: replyTo ? String(replyTo) : "",
      ...(confirm && { confirm }),
      ...(attempts > 1 && { attempt: String(attempts) }),
    };
    if (!pictures?.length) return this.post(path, fields);
    const post = this.options.postPictures ?? postPictures;
    return post(path, fields, pictures).catch(() => ({ status: 0, retryAfter: 0 }));
  }

  private pause(atLeast: number, about: number): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, Math.max(atLeast, about * (0.5 + Math.random())));
      this.waiting.add(go);
    });
  }

  /** @returns whether the message was decided on: stored, or refused */
  private settle(clientId: string, { status, data, pictures }: Posted): boolean {
    const item = this.find(clientId);
    if (data && "sent" in data && data.sent) {
      this.options.onSent(data.sent);
      // One that was deleted meanwhile is there all the same, and shows as any other.
      if (item) this.put({ ...item, sent: data.sent });
      void this.options.store.remove(clientId);
    } else if (isUndecided(status)) {
      if (item && pictures) this.put({ ...item, pictures });
      this.holdUp(true);
      this.share({ isHeldUp: true });
      return false;
    } else if (item) {
      const { refused: failed, told }: Refused =
        data && "refused" in data ? data : { refused: { id: "chat.notAccepted" } };
      this.put({ ...item, failed, told, ...(pictures && { pictures }) });
    }
    if (this.isHeldUp) this.share({ isHeldUp: false });
    this.holdUp(false);
    return true;
  }

  private next(chatId: string): Pending | undefined {
    if (!this.isLeading) return undefined;
    return this.pending.find((item) => item.chatId === chatId && !item.sent && !item.failed);
  }

  private find(clientId: string): Pending | undefined {
    return this.pending.find((item) => item.clientId === clientId);
  }

  private put(item: Pending): void {
    this.keep(item);
    this.share({ put: item });
    if (!item.sent) void this.options.store.put(item);
  }

  private keep(item: Pending): void {
    if (this.gone.has(item.clientId)) return;
    const others = this.pending.filter(({ clientId }) => clientId !== item.clientId);
    this.pending = [...others, item].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    this.changed();
  }

  private drop(clientId: string): void {
    this.gone.add(clientId);
    this.pending = this.pending.filter((item) => item.clientId !== clientId);
    this.changed();
  }

  private changed(): void {
    this.revision += 1;
    for (const listener of this.listeners) listener();
  }
}

/** With what only messages with pictures need. */
async function postPictures(...sending: Parameters<PostPictures>): Promise<Posted> {
  return (await import("~/attachments/client/post-pictures")).postPictures(...sending);
}

async function forgetPictures(...what: [string, string, readonly PickedPicture[]]): Promise<void> {
  (await import("~/attachments/client/post-pictures")).forgetPictures(...what);
}

/** Nothing came back, nobody is signed in, it was too early, or the server failed. */
function isUndecided(status: number): boolean {
  return status < 400 || [401, 408, 425, 429].includes(status) || status >= 500;
}
