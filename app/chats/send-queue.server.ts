import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { newRowId } from "~/db/row-id.server";
import { isPlain } from "~/safety/judge";
import type { Settings } from "~/safety/settings";
import type { Sent } from "./send.server";
import { answerUnstored, sendAlone } from "./send-alone.server";
import { commitBatch, isLost } from "./send-commit.server";
import { repeatedSends, sendsAlone } from "./send-metrics.server";
import type { Asked, Draft } from "./sent-change.server";

/** More than come together in practice; it bounds how long a batch holds its chats. */
const mostAtOnce = 200;

/** While batches are of fewer than this, messages of other chats need not wait for one another… */
const few = 1.5;
/** …up to so many at once; a commit that many wait for is soon worth sharing. */
const mostBeside = 4;
/** Of the newest batch in the moving average of their sizes. */
const weight = 1 / 8;

type Waiting = Asked & {
  /** No batch takes it: pictures have no place in its statement, and some words want a closer look. */
  isAlone: boolean;
  resolve: (sent: Sent | null) => void;
  reject: (error: unknown) => void;
};

/**
 * Who sends while a batch is being committed waits for the next one. So a lone message goes at
 * once, and the more come the more share a commit. Where so few come that they are alone anyway,
 * messages of different chats are committed beside each other instead: waiting for a slow disk
 * twice would gain nothing. Two of one chat never are.
 */
export class SendQueue {
  private waiting: Waiting[] = [];
  private isStarting = false;
  /** Batches that are being committed, and the chats of their messages. */
  private underWay = 0;
  private readonly busy = new Set<string>();
  /** How many messages a batch had of late: a moving average. */
  private usual = 1;
  /** Chats with messages that are sent alone, one by one, and who waits for them to be through. */
  private readonly detours = new Map<string, { turn: Promise<void>; behind: Waiting[] }>();

  constructor(private readonly pool: Db) {}

  /** @param settings by which its words are plain or not */
  send(viewer: Viewer, draft: Draft, settings: Settings): Promise<Sent | null> {
    const isAlone = Boolean(draft.pictures?.length) || !isPlain(draft.body, settings);
    return new Promise((resolve, reject) => {
      const one = { id: newRowId(), viewer, draft, isAlone, resolve, reject };
      if (isAlone && this.isFree(draft.chatId)) return this.sendAlone(one);
      this.waiting.push(one);
      this.start();
    });
  }

  /** Whether nobody's message to this chat came before and is not stored yet, but alone. */
  private isFree(chatId: string): boolean {
    if (this.busy.has(chatId) || this.detours.get(chatId)?.behind.length) return false;
    return !this.waiting.some(({ draft }) => draft.chatId === chatId);
  }

  /** Waits for the end of this turn, so that who comes in it, as after a batch many do, comes along. */
  private start(): void {
    if (this.isStarting) return;
    this.isStarting = true;
    setImmediate(() => {
      this.isStarting = false;
      this.go();
    });
  }

  private go(): void {
    while (this.waiting.length && this.mayGo()) {
      const batch = this.take();
      if (!batch.length) return;
      this.usual += (batch.length - this.usual) * weight;
      void this.commit(batch);
    }
  }

  private mayGo(): boolean {
    if (!this.underWay) return true;
    return this.usual < few && this.underWay < mostBeside;
  }

  private take(): Waiting[] {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    const keys = new Set<string>();
    /** Of the batch; and where one waits for the end of it. */
    const [chats, held] = [new Set<string>(), new Set<string>()];
    for (const one of this.waiting) {
      const { chatId, clientId } = one.draft;
      const key = `${chatId} ${one.viewer.id} ${clientId}`;
      const detour = this.detours.get(chatId);
      if (detour) detour.behind.push(one);
      else if (this.busy.has(chatId) || held.has(chatId)) later.push(one);
      else if (one.isAlone) {
        if (!chats.has(chatId)) this.sendAlone(one);
        else {
          held.add(chatId);
          later.push(one);
        }
      }
      // The second of two with one client id is a repeat once the first is committed.
      else if (batch.length === mostAtOnce || keys.has(key)) {
        held.add(chatId);
        later.push(one);
      } else {
        keys.add(key);
        chats.add(chatId);
        batch.push(one);
      }
    }
    this.waiting = later;
    return batch;
  }

  private async commit(batch: Waiting[]): Promise<void> {
    this.underWay += 1;
    for (const { draft } of batch) this.busy.add(draft.chatId);
    try {
      const changes = await commitBatch(this.pool, batch);
      for (const [place, one] of batch.entries()) {
        const message = changes[place]?.data.message;
        if (message) one.resolve({ message, repeated: false });
        else this.inTurn(one, () => this.answer(one));
      }
    } catch (error) {
      for (const one of batch) {
        if (isLost(error)) one.reject(error);
        else this.sendAlone(one);
      }
    } finally {
      this.underWay -= 1;
      for (const { draft } of batch) this.busy.delete(draft.chatId);
      if (this.waiting.length) this.start();
    }
  }

  /** What a batch left out is often a repeat or a refusal, which needs no lock. */
  private async answer({ viewer, draft }: Waiting): Promise<Sent | null> {
    const answer = await answerUnstored(this.pool, viewer, draft);
    if (!answer) return this.store({ viewer, draft });
    if (answer.sent && "message" in answer.sent) repeatedSends.inc();
    return answer.sent;
  }

  private sendAlone(one: Waiting): void {
    this.inTurn(one, () => this.store(one));
  }

  private store({ viewer, draft }: Pick<Waiting, "viewer" | "draft">): Promise<Sent | null> {
    sendsAlone.inc();
    return sendAlone(this.pool, viewer, draft);
  }

  /** Its turn is taken at once, so that nothing that comes later gets before it. */
  private inTurn(
    { draft: { chatId }, resolve, reject }: Waiting,
    send: () => Promise<Sent | null>,
  ): void {
    const detour = this.detours.get(chatId) ?? { turn: Promise.resolve(), behind: [] };
    this.detours.set(chatId, detour);
    const turn = detour.turn
      .then(send)
      .then(resolve, reject)
      .then(() => {
        if (detour.turn === turn) this.rejoin(chatId, detour.behind);
      });
    detour.turn = turn;
  }

  private rejoin(chatId: string, behind: Waiting[]): void {
    this.detours.delete(chatId);
    this.waiting.unshift(...behind);
    if (behind.length) this.start();
  }
}
