import type { LiveEvent } from "./event-stream";
import { Recent } from "./recent";
import { keepStream, type StreamState } from "./stream";
import { joinTabs, type Tabs } from "./tabs";

/** A follower in view that heard nothing for this long asks whether there is a leader, in ms. */
const quietFor = 60_000;
const lookEvery = 20_000;

/** What tabs tell each other. */
type TabMessage =
  | { kind: "join"; tab: string; cursor: string }
  | { kind: "note"; note: unknown }
  | (OfLeader & { from: string });

type OfLeader =
  | { kind: "joined"; tab: string; events: LiveEvent[] | null; last: string; state: StreamState }
  | { kind: "events"; events: LiveEvent[] }
  | { kind: "state"; state: StreamState; isHidden: boolean }
  | { kind: "leads" };

type On = {
  event: (event: LiveEvent) => void;
  /** What is shown cannot be brought up to date by events: read it anew. */
  resync: () => void;
};

/**
 * One person's stream in one browser, whichever of his tabs holds it. Each tab knows the cursor up
 * to which it was told, so that any of them can hold the stream next, and none misses anything: a
 * tab that joins names its cursor, and the one that leads sends what came after it.
 */
export class Connection {
  state: StreamState = "connecting";
  private tabs: Tabs<TabMessage> | null = null;
  private stream: ReturnType<typeof keepStream> | null = null;
  private readonly id = `${Math.random()}`;
  private readonly recent: Recent;
  private readonly listeners = new Set<() => void>();
  private readonly eventListeners = new Set<(event: LiveEvent) => void>();
  private readonly noteListeners = new Set<(note: unknown) => void>();
  /** The tab that told this one what it missed; only what that one says next has no hole before it. */
  private leader = "";
  private heardAt = 0;
  private epoch = "";
  private looking: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly userId: string,
    cursor: string,
    private readonly on: On,
  ) {
    this.recent = new Recent(cursor);
  }

  /** @returns ends it */
  start(): () => void {
    const events: [EventTarget, string, () => void][] = [
      [window, "pageshow", () => this.join()],
      // A page that a browser keeps aside may hold nothing that others wait for.
      [window, "pagehide", () => this.leave()],
      [document, "freeze", () => this.leave()],
      [document, "resume", () => this.join()],
      [window, "online", () => this.wake(true)],
      [window, "focus", () => this.wake()],
      [document, "visibilitychange", () => document.visibilityState === "visible" && this.wake()],
    ];
    for (const [target, type, listener] of events) target.addEventListener(type, listener);
    this.looking = setInterval(() => this.look(), lookEvery);
    this.join();
    return () => {
      for (const [target, type, listener] of events) target.removeEventListener(type, listener);
      clearInterval(this.looking);
      this.leave();
    };
  }

  get isLeading(): boolean {
    return this.stream !== null;
  }

  /** Tells the other tabs something of the domain's. */
  tell(note: unknown): void {
    this.tabs?.post({ kind: "note", note });
  }

  onNote(listener: (note: unknown) => void): () => void {
    this.noteListeners.add(listener);
    return () => this.noteListeners.delete(listener);
  }

  /** For what a page does with events beside what the store keeps of them. */
  onEvent(listener: (event: LiveEvent) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  /** Called when the state changes or another tab leads. */
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Makes sure that the tab that leads is alive; a dead one loses its place. */
  checkLeader(): void {
    if (!this.tabs || this.tabs.isLeading()) return;
    this.leader = "";
    this.tabs.post({ kind: "join", tab: this.id, cursor: this.recent.last });
    this.tabs.expectAnswer();
  }

  private join(): void {
    if (this.tabs) return;
    this.tabs = joinTabs<TabMessage>(`parley live ${this.userId}`, {
      lead: () => this.lead(),
      lose: () => this.lose(),
      message: (message) => this.receive(message),
    });
    this.checkLeader();
  }

  private leave(): void {
    this.tabs?.leave();
    this.tabs = null;
    this.stream?.close();
    this.stream = null;
    if (this.state !== "signed-out") this.state = "connecting";
    this.changed();
  }

  private wake(isNewNetwork = false): void {
    if (!this.tabs) this.join();
    else if (this.stream) this.stream.wake(isNewNetwork);
    else this.checkLeader();
  }

  private look(): void {
    if (document.visibilityState === "visible" && Date.now() - this.heardAt > quietFor) {
      this.checkLeader();
    }
  }

  private lead(): void {
    this.say({ kind: "leads" });
    this.stream = keepStream({
      cursor: () => this.recent.last,
      onState: (state) => this.spread(state),
      onEvents: (events) => {
        // Somebody else signed in on this browser: these pages are not his.
        const isOther = events.some(
          ({ event, data }) => event === "hello" && data.userId !== this.userId,
        );
        if (isOther || !events.length) return this.spread(isOther ? "signed-out" : this.state);
        this.say({ kind: "events", events });
        for (const event of events) this.take(event);
      },
    });
    this.changed();
  }

  private lose(): void {
    this.stream?.close();
    this.stream = null;
    this.changed();
    this.checkLeader();
  }

  private spread(state: StreamState): void {
    const isHidden = document.visibilityState === "hidden";
    this.say({ kind: "state", state, isHidden });
    this.setState(state);
  }

  private receive(message: TabMessage): void {
    if (message.kind === "note") {
      for (const listener of this.noteListeners) listener(message.note);
    } else if (message.kind === "join") {
      this.welcome(message);
    } else if (!this.stream) {
      this.follow(message);
    }
  }

  private say(message: OfLeader): void {
    this.tabs?.post({ ...message, from: this.id });
  }

  private welcome({ tab, cursor }: { tab: string; cursor: string }): void {
    if (!this.stream) return;
    const { state, recent } = this;
    this.say({ kind: "joined", tab, events: recent.after(cursor), last: recent.last, state });
  }

  private follow(message: OfLeader & { from: string }): void {
    this.heardAt = Date.now();
    this.tabs?.heard();
    if (message.kind === "joined") {
      // Who asked twice is told twice.
      if (message.tab !== this.id || message.from === this.leader) return;
      this.leader = message.from;
      if (message.events) for (const event of message.events) this.take(event);
      else this.startOver(message.last);
      this.setState(message.state);
    } else if (message.kind === "state") {
      this.setState(message.state);
      // The timers of a tab out of view are slow; who looks on must not wait for them.
      if (message.state === "down" && message.isHidden) this.tabs?.steal();
    } else if (message.kind === "leads" || (this.leader && message.from !== this.leader)) {
      this.checkLeader();
    } else if (this.leader) {
      for (const event of message.events) this.take(event);
    }
  }

  private take(event: LiveEvent): void {
    const epoch = event.event === "hello" ? event.data.epoch : this.epoch;
    const isStale = event.event === "resync" || (this.epoch && epoch !== this.epoch);
    this.epoch = epoch;
    if (isStale) this.startOver(event.id ?? this.recent.last);
    else {
      this.recent.add(event);
      this.on.event(event);
      for (const listener of this.eventListeners) listener(event);
    }
  }

  private startOver(cursor: string): void {
    this.recent.restart(cursor);
    this.on.resync();
  }

  private setState(state: StreamState): void {
    // Until a stream opens again there is nothing new to say to who is signed out.
    if (this.state === state || (this.state === "signed-out" && state !== "open")) return;
    this.state = state;
    if (state === "signed-out") this.leave();
    else this.changed();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
