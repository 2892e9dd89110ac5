import type { IncomingMessage, ServerResponse } from "node:http";
import type { Change, Changes } from "./change";
import { type Cursor, formatCursor, parseCursor } from "./cursor";
import { Hub, type HubSource } from "./hub.server";
import { listen } from "./listener.server";
import { isLater, type Snapshot } from "./snapshot";
import { type EndReason, Stream } from "./stream.server";

/** What live streams ask the domain, for one reader or for a whole process. */
export type LiveSource = HubSource & {
  epoch(): Promise<string>;
  /** `complete: false`: more than a stream should catch up; the reader reloads instead. */
  missed(since: Snapshot, userId: string): Promise<Changes>;
  /** Everything so far reached the user. */
  arrived(userId: string): Promise<void>;
};

export type LiveOptions = {
  url: string;
  source: LiveSource;
  /** Open streams for each user; the oldest ends when there are more. */
  maxStreams: number;
  /** Bytes that may wait for a slow reader; several times Node's own 64 KiB for a socket. */
  queueBytes: number;
  onError: (error: unknown) => void;
  onStream?: (event: { userId: string; open: boolean; reason?: EndReason }) => void;
};

/** Comments between events, so that nobody on the way takes a quiet stream for a dead one. */
const heartbeatMs = 15_000;
/** A session that expired, or whose end was told while nobody listened, keeps its stream this long. */
const sessionCheckMs = 15_000;
/** The fallback when a notification was lost, and how far cursors lag behind at most. */
const catchUpMs = 2_000;
/** A delivered mark may come this late; together they cost one transaction. */
const receiptMs = 400;

/** Of about 40 bytes each in a header that Node limits to 16 KiB together with all others. */
const mostChats = 250;

export const streamHeaders = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

export type Live = Awaited<ReturnType<typeof startLive>>;

/** The live half of a process: one listener, one hub, any number of streams. */
export async function startLive({ url, source, onError, ...options }: LiveOptions) {
  const hub = new Hub(source, onError);
  let closed = false;
  await hub.catchUp();
  const listener = await listen(url, {
    notification: (notification) => hub.receive(notification),
    listening: () => void hub.listening(),
  });
  const timers = [
    setInterval(() => hub.beat(), heartbeatMs),
    setInterval(() => void hub.checkSessions(), sessionCheckMs),
    setInterval(() => void hub.catchUp(), catchUpMs),
    setInterval(() => void hub.sendReceipts(), receiptMs),
  ];

  /**
   * Answers `GET /events` for a signed-in user; returns when the stream has caught up.
   *
   * @param isSignedIn asked again once the stream is known to the hub: a session that ended before
   *   that was told to nobody here
   * @throws before anything is answered when the database does not answer
   */
  async function open(
    request: IncomingMessage,
    response: ServerResponse,
    viewer: { id: string; sessionId: string },
    isSignedIn: () => Promise<boolean>,
  ): Promise<void> {
    const [epoch, now] = await Promise.all([source.epoch(), source.now()]);
    const asked = askedCursor(request);
    const known = asked !== "unknown" && asked && isOurs(asked, epoch, now) ? asked : null;
    const cursor: Cursor = known ?? { epoch, base: now, ahead: new Map() };
    const stream = new Stream(
      viewer.id,
      viewer.sessionId,
      response,
      cursor,
      options.queueBytes,
      (ended, reason) => {
        hub.remove(ended);
        options.onStream?.({ userId: viewer.id, open: false, reason });
      },
    );
    // From here on changes wait in the stream: only then is it safe to read what was missed.
    hub.add(stream);
    options.onStream?.({ userId: viewer.id, open: true });
    // Who left while we asked the database is not announced a second time.
    if (response.destroyed) return stream.end("left");
    response.writeHead(200, streamHeaders);
    if (closed) return stream.end("shutdown");
    for (const old of hub.streamsOf(viewer.id).slice(0, -options.maxStreams)) old.end("too-many");
    const hello = { userId: viewer.id, epoch, serverTime: new Date().toISOString() };
    // With an id, so that a stream that is cut before its first change resumes too.
    stream.write("hello", hello, formatCursor(cursor));
    if (asked && !known) stream.write("resync", {});
    try {
      if (!(await isSignedIn())) return stream.end("signed-out");
      await catchUp(stream, cursor.base, viewer.id);
    } catch (error) {
      onError(error);
      stream.end("failed");
    }
  }

  async function catchUp(stream: Stream, since: Snapshot, userId: string): Promise<void> {
    const { snapshot, complete, changes } = await source.missed(since, userId);
    if (complete && fitsCursor(changes)) await stream.goLive(changes, snapshot);
    else {
      stream.startOver(snapshot);
      await stream.goLive([], snapshot);
    }
    for (const position of await source.moved(since, [userId])) stream.position(position);
    await source.arrived(userId);
  }

  async function close(): Promise<void> {
    closed = true;
    for (const timer of timers) clearInterval(timer);
    hub.endAll("shutdown");
    await listener.close();
  }

  return {
    open,
    close,
    catchUp: () => hub.catchUp(),
    checkSessions: () => hub.checkSessions(),
    isListening: listener.isListening,
  };
}

/** A cursor that is ahead of the database would wait for ever for what it says it saw. */
function isOurs(cursor: Cursor, epoch: string, now: Snapshot): boolean {
  return cursor.epoch === epoch && !isLater(cursor.base, now);
}

/** While a stream catches up its cursor names every chat, and has to fit into a request's header. */
function fitsCursor(changes: Change[]): boolean {
  return new Set(changes.map((change) => change.chatId)).size <= mostChats;
}

/** The cursor that a stream goes on from; null when it starts now. */
function askedCursor(request: IncomingMessage): Cursor | "unknown" | null {
  const header = request.headers["last-event-id"];
  const text =
    typeof header === "string" && header
      ? header
      : new URL(request.url ?? "/", "http://localhost").searchParams.get("lastEventId");
  if (!text) return null;
  return parseCursor(text) ?? "unknown";
}
