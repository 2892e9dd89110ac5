import type { IncomingMessage } from "node:http";
import type { Writable } from "node:stream";
import type { EventsAnswer } from "~/http/events-answer.server";
import { takeTurns } from "~/http/turns.server";
import type { Change } from "./change";
import { type Cursor, formatCursor, parseCursor } from "./cursor";
import type { Hub } from "./hub.server";
import type { LiveSource, OnStream } from "./live.server";
import { streamsClosed, streamsOpened } from "./live-metrics.server";
import type { People } from "./people.server";
import { shareCalls } from "./shared-call.server";
import { isLater, type Snapshot } from "./snapshot";
import { Stream } from "./stream.server";
import type { Streams } from "./streams.server";

/** Of about 40 bytes each in a header that Node limits to 16 KiB together with all others. */
const mostChats = 250;
/** Streams that read what they missed: when thousands come back at once, sends go on between them. */
const readingAtOnce = 4;

export const streamHeaders = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

type Viewer = { id: string; sessionId: string };

type Options = {
  source: LiveSource;
  hub: Hub;
  streams: Streams;
  people: People;
  maxStreams: number;
  queueBytes: number;
  isClosed: () => boolean;
  onError: (error: unknown) => void;
  onStream?: OnStream;
};

/** Opens streams of a hub. */
export function streamOpener({
  source,
  hub,
  streams,
  people,
  isClosed,
  onError,
  ...options
}: Options) {
  const now = shareCalls(() => source.now());
  const inTurn = takeTurns(readingAtOnce);

  /**
   * Answers `GET /events` for a signed-in user; returns when the stream has caught up.
   *
   * @param isSignedIn asked again once the stream is known to the hub: a session that ended before
   *   that was told to nobody here
   * @throws before anything is answered when the database does not answer
   */
  return async function open(
    request: IncomingMessage,
    answer: EventsAnswer,
    viewer: Viewer,
    isSignedIn: () => Promise<boolean>,
  ): Promise<void> {
    if (isClosed()) return refuse(answer);
    const asked = askedCursor(request);
    const epoch = await source.epoch();
    const known = asked !== "unknown" && asked && (await isOurs(asked, epoch)) ? asked : null;
    const cursor: Cursor = known ?? { epoch, base: await now(), ahead: new Map() };
    const how = known ? "resumed" : asked ? "resync" : "new";
    const stream = makeStream(viewer, answer.begin(200, streamHeaders), cursor);
    // From here on changes wait in the stream: only then is it safe to read what was missed.
    streams.add(stream);
    streamsOpened.inc({ how });
    options.onStream?.({ userId: viewer.id, open: true, how });
    // Who left while we asked the database is not announced a second time.
    if (answer.isGone()) return stream.end("left");
    if (isClosed()) return stream.end("shutdown");
    for (const old of streams.of(viewer.id).slice(0, -options.maxStreams)) old.end("too-many");
    const hello = { userId: viewer.id, epoch, serverTime: new Date().toISOString() };
    // With an id, so that a stream that is cut before its first change resumes too.
    stream.write("hello", hello, formatCursor(cursor));
    if (how === "resync") stream.write("resync", {});
    try {
      await catchUp(stream, cursor.base, isSignedIn);
    } catch (error) {
      onError(error);
      stream.end("failed");
    }
  };

  function makeStream({ id, sessionId }: Viewer, output: Writable, cursor: Cursor) {
    hub.latestBase();
    return new Stream(
      id,
      sessionId,
      output,
      cursor,
      options.queueBytes,
      (ended, reason) => {
        streams.remove(ended);
        people.closed(ended);
        streamsClosed.inc({ reason });
        const ms = Math.round(performance.now() - ended.openedAt);
        const { events, bytes } = ended;
        options.onStream?.({ userId: id, open: false, reason, ms, events, bytes });
      },
      hub.latestBase,
    );
  }

  async function catchUp(stream: Stream, since: Snapshot, isSignedIn: () => Promise<boolean>) {
    const { userId } = stream;
    // Before what moved is read: until then positions are not taken.
    await people.opened(stream);
    const [stays, missed, moved] = await inTurn("missed", () =>
      Promise.all([isSignedIn(), source.missed(since, userId), source.moved(since, [userId])]),
    );
    if (!stays) return stream.end("signed-out");
    if (missed.complete && fitsCursor(missed.changes)) {
      await stream.goLive(missed.changes, missed.snapshot);
    } else {
      stream.startOver(missed.snapshot);
      await stream.goLive([], missed.snapshot);
    }
    for (const position of moved) stream.position(position);
    await inTurn("arrived", () => source.arrived(userId));
  }

  /** A cursor that is ahead of the database would wait for ever for what it says it saw. */
  async function isOurs(cursor: Cursor, epoch: string): Promise<boolean> {
    if (cursor.epoch !== epoch) return false;
    return !isLater(cursor.base, hub.latestBase()) || !isLater(cursor.base, await now());
  }
}

/** Its load balancer, or its own reconnect, finds the next one. */
function refuse(answer: EventsAnswer): void {
  const headers = { "Retry-After": "1", "Cache-Control": "no-store", Connection: "close" };
  answer.begin(503, headers).end();
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
