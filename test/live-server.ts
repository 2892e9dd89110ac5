import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { chatsAsLiveSource } from "~/chats/live-source.server";
import type { Db } from "~/db/client.server";
import { connectionTaker } from "~/http/connection-taker.server";
import { eventsAnswer } from "~/http/events-answer.server";
import { type LiveSource, startLive } from "~/live/live.server";
import type { EndReason } from "~/live/stream.server";
import { caseNews } from "~/moderation/disputes/case-news.server";
import { withNotifications } from "~/notifications/live-source.server";
import { settingsAsCopy } from "~/safety/settings-cache.server";
import { EventReader } from "./event-reader";

type Options = {
  maxStreams?: number;
  queueBytes?: number;
  isSignedIn?: () => Promise<boolean>;
  now?: () => number;
  /** Stands between the streams and the database. */
  through?: (source: LiveSource) => LiveSource;
};

/** One instance: real streams over real HTTP, opened as whoever a test says. */
export async function startLiveServer(db: Db, url: string, options: Options = {}) {
  const errors: unknown[] = [];
  const ended: { userId: string; reason?: EndReason }[] = [];
  // Who opens a stream here is whoever a test says, with or without a session.
  const real = withNotifications(chatsAsLiveSource(db), db);
  const source = { ...real, endedSessions: async () => [] };
  const live = await startLive({
    url,
    source: options.through?.(source) ?? source,
    news: caseNews(db),
    copies: settingsAsCopy(db),
    maxStreams: options.maxStreams ?? 10,
    queueBytes: options.queueBytes ?? 1_048_576,
    now: options.now,
    onError: (error) => errors.push(error),
    onStream: ({ userId, open, reason }) => {
      if (!open) ended.push({ userId, reason });
    },
  });
  const server = createServer();
  const take = connectionTaker(server);
  server.on("request", async (request: IncomingMessage, response: ServerResponse) => {
    const answer = await eventsAnswer(request, response, take);
    try {
      const [id, sessionId] = String(request.headers["x-viewer"]).split(" ");
      if (!id || !sessionId) throw new Error("A request of nobody");
      const isSignedIn = options.isSignedIn ?? (async () => true);
      await live.open(request, answer, { id, sessionId }, isSignedIn);
    } catch (error) {
      errors.push(error);
      if (answer.isBegun()) answer.destroy();
      else answer.begin(500).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const readers: EventReader[] = [];

  async function open(viewer: Pick<Viewer, "id" | "sessionId">, cursor?: string, path = "/events") {
    const headers: Record<string, string> = { "x-viewer": `${viewer.id} ${viewer.sessionId}` };
    if (cursor !== undefined) headers["last-event-id"] = cursor;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ port, path, headers, agent: false }, resolve).on("error", reject);
    });
    const reader = new EventReader(response);
    readers.push(reader);
    return reader;
  }

  let stopped = false;
  async function stop() {
    if (stopped) return;
    stopped = true;
    await live.close();
    for (const reader of readers) reader.cut();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  onTestFinished(stop);

  /** How many connections there are to the instance. */
  const connections = () =>
    new Promise<number>((resolve, reject) => {
      server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });

  return { live, port, errors, ended, open, connections, stop };
}

export type LiveServer = Awaited<ReturnType<typeof startLiveServer>>;
