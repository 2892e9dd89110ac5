import { within } from "~/operations/deadline.server";
import type { Changes, CommittedChange } from "./change";
import { DatabaseClock } from "./delivery-latency.server";
import { Hub, type HubSource } from "./hub.server";
import { listen } from "./listener.server";
import { listenerLosses, listenerUp, queueUsage, streamsOpen } from "./live-metrics.server";
import { Newsroom, type NewsSource } from "./news.server";
import { streamOpener } from "./opening.server";
import { Outage } from "./outage.server";
import { People, type PeopleSource } from "./people.server";
import type { Snapshot } from "./snapshot";
import type { EndReason } from "./stream.server";
import { Streams } from "./streams.server";

/** What live streams ask the domain, for one reader or for a whole process. */
export type LiveSource = HubSource &
  PeopleSource & {
    /** Kept: every stream asks. */
    epoch(): Promise<string>;
    /** Looks whether the database was exchanged for a backup since `epoch` was read. */
    isRestored(): Promise<boolean>;
    /** `complete: false`: more than a stream should catch up; the reader reloads instead. */
    missed(since: Snapshot, userId: string): Promise<Changes>;
    /** Everything so far reached the user. */
    arrived(userId: string): Promise<void>;
    /** What this process commits, right after it did; returns how to stop. */
    committed(listener: (changes: CommittedChange[]) => void): () => void;
  };

/** What this process keeps copies of: reads one anew when it changed, or when nobody knows whether. */
export type CopySource = Record<string, () => Promise<void>>;

/** One line for the log; what was said on a stream is in none. */
export type OnStream = (event: {
  userId: string;
  open: boolean;
  /** Of an opened one: whether it is new, goes on after a cursor, or was told to reload. */
  how?: "new" | "resumed" | "resync";
  reason?: EndReason;
  ms?: number;
  events?: number;
  bytes?: number;
}) => void;

export type LiveOptions = {
  url: string;
  source: LiveSource;
  /** What else is told, by topic. */
  news?: NewsSource;
  copies?: CopySource;
  /** Open streams for each user in this process; the oldest ends when there are more. */
  maxStreams: number;
  /** Bytes that may wait for a slow reader; several times Node's own 64 KiB for a socket. */
  queueBytes: number;
  onError: (error: unknown) => void;
  /** In ms, never going back; for tests of what takes a minute. */
  now?: () => number;
  onStream?: OnStream;
  /** What an operator should know and nobody has to mend at once. */
  onNote?: (details: object, message: string) => void;
};

/** Comments between events, so that nobody on the way takes a quiet stream for a dead one. */
const heartbeatMs = 15_000;
/** The streams beat in so many groups, one after the other. */
const heartbeatSlots = 60;
/** A session that expired, or whose end was told while nobody listened, keeps its stream this long. */
const sessionCheckMs = 15_000;
/** The fallback when a notification was lost, and how far cursors lag behind at most. */
const catchUpMs = 2_000;
/** A delivered mark may come this late; together they cost one transaction. */
const receiptMs = 1_000;
/** Who came and went is told this late; together they cost one query. */
const gatherMs = 250;
/** For asking whether it is still the same database; catching up does not wait longer, in ms. */
const restoredMs = 3_000;
/** Of PostgreSQL's queue of notifications, 8 GB by default: something has held it for long. */
const fullQueue = 0.5;

export type Live = Awaited<ReturnType<typeof startLive>>;

/** The live half of a process: one listener, one hub, any number of streams. */
export async function startLive({ url, source, onError, onNote, ...options }: LiveOptions) {
  const outage = new Outage(onError);
  const clock = new DatabaseClock();
  const streams = new Streams(heartbeatSlots);
  const hub = new Hub(source, streams, outage, clock);
  const people = new People(streams, source, outage.failed, options.now);
  const newsroom = new Newsroom(streams, options.news ?? {}, outage.failed);
  const { copies = {} } = options;
  let isClosed = false;
  let wasFull = false;
  let isFirst = true;
  await source.isRestored();
  await hub.catchUp();
  hub.latestBase();
  const listener = await listen(url, {
    notification: (notification) => {
      hub.receive(notification);
      people.receive(notification);
      newsroom.receive(notification);
      if (notification.kind === "stale") copies[notification.what]?.().catch(outage.failed);
    },
    listening: () => void heardAgain(),
    deaf: (error) => {
      listenerUp.set(0);
      listenerLosses.inc();
      onNote?.({ err: error }, "listener lost");
    },
    unreadable: (error) => {
      outage.failed(error);
      void hub.listening();
    },
    vitals: ({ queueUsage: usage, askedAt, databaseTime, answeredAt }) => {
      clock.measure(askedAt, databaseTime, answeredAt);
      queueUsage.set(usage);
      const isFull = usage > fullQueue;
      if (isFull && !wasFull) onNote?.({ usage }, "notification queue fills up");
      wasFull = isFull;
    },
  });
  const stopCommitted = source.committed((changes) => hub.committed(changes));
  const timers = [
    setInterval(() => streams.beat(), heartbeatMs / heartbeatSlots),
    setInterval(() => void hub.checkSessions(), sessionCheckMs),
    setInterval(() => void hub.catchUp(), catchUpMs),
    setInterval(() => void hub.sendReceipts(), receiptMs),
    setInterval(() => void people.flush(), gatherMs),
    setInterval(() => streamsOpen.set(streams.size), 1_000),
  ];

  async function heardAgain(): Promise<void> {
    listenerUp.set(1);
    try {
      // A database that came back may be another one.
      if (!isFirst && (await within(restoredMs, source.isRestored()))) await hub.startOver();
    } catch (error) {
      outage.failed(error);
    }
    isFirst = false;
    people.listening();
    newsroom.listening();
    for (const readAnew of Object.values(copies)) readAnew().catch(outage.failed);
    await hub.listening();
  }

  async function close(): Promise<void> {
    isClosed = true;
    for (const timer of timers) clearInterval(timer);
    stopCommitted();
    hub.endAll("shutdown");
    streamsOpen.set(0);
    listener.close();
  }

  return {
    open: streamOpener({
      source,
      hub,
      streams,
      people,
      onError: outage.failed,
      isClosed: () => isClosed,
      ...options,
    }),
    close,
    /** For what a request met before it became a stream: told of once in an outage. */
    failed: outage.failed,
    catchUp: () => hub.catchUp(),
    isOnline: (userId: string) => people.isOnline(userId),
    checkSessions: () => hub.checkSessions(),
    isListening: listener.isListening,
  };
}
