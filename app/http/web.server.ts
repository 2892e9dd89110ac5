import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerBuild } from "@remix-run/node";
import { sql } from "drizzle-orm";
import type { Handler } from "express";
import { maxUploadBytes } from "~/attachments/intake.server";
import { startSweeping } from "~/attachments/sweeping.server";
import { chatsAsLiveSource } from "~/chats/live-source.server";
import { closeDb, db } from "~/db/db.server";
import { startKeeping } from "~/jobs/keeping.server";
import { type Live, startLive } from "~/live/live.server";
import { caseNews } from "~/moderation/disputes/case-news.server";
import { withNotifications } from "~/notifications/live-source.server";
import { readAllMetrics, tellMetrics } from "~/operations/all-metrics.server";
import { environment } from "~/operations/environment.server";
import { instance } from "~/operations/instance.server";
import { log } from "~/operations/log.server";
import { answerMetrics } from "~/operations/metrics-answer.server";
import { watchProcess } from "~/operations/process-metrics.server";
import { listenFailure, onStop, reportFailure, reportReady } from "~/operations/web-process.server";
import { startWatching } from "~/safety/conduct/watching.server";
import { defaultSettings } from "~/safety/settings";
import { settingsAsCopy } from "~/safety/settings-cache.server";
import { warmUp } from "~/safety/warm-up.server";
import { storageReadiness } from "~/storage/readiness.server";
import { storage } from "~/storage/storage.server";
import { answerPages } from "./answer-pages.server";
import { makeApp } from "./app.server";
import { answerChatPost, answerChatPosts } from "./chat-posts.server";
import { connectionTaker } from "./connection-taker.server";
import { type Drainable, drainable } from "./draining.server";
import { answerEvents } from "./events.server";
import { makeFront } from "./front.server";
import { makeLoadContext } from "./load-context.server";
import { answerPictures } from "./pictures.server";
import { measureRequests } from "./request-metrics.server";

/** Longer than load balancers keep their side of a connection, so that we never close first. */
const keepAliveMs = 75_000;
/** Longer than an upload may take, so that it is told why it was ended. */
const requestMs = 11 * 60_000;
/** From the signal on; what is still under way then is cut, and the process killed a second later. */
const cutMs = 6_500;

/**
 * Runs a web process until the first process says stop or is gone.
 *
 * @param assets serves the client's files in development; else `build/client` is served
 */
export async function serveWeb({ assets }: { assets?: Handler }): Promise<void> {
  try {
    watchProcess({ askDatabase });
    tellMetrics();
    const live = await openLive();
    let web: Drainable | undefined;
    const isAccepting = () => !web?.isLeaving();
    warmUp(defaultSettings);
    const server = await listen(live, await makeWebApp({ live, isAccepting, assets }));
    web = drainable(server);
    // In development routes come and go, and nobody measures.
    if (import.meta.env.PROD) measureRequests(server, (await loadBuild()).routes);
    const graceMs = environment().shutdownGraceSeconds * 1000;
    const stopSweeping = startSweeping(db, storage);
    const stopWatching = startWatching(db);
    const stopJobs = await startJobs();
    onStop(async () => {
      stopSweeping();
      const jobsStopped = stopJobs();
      await web.drain({ graceMs, cutMs, endStreams: live.close });
      await stopWatching();
      await jobsStopped;
      await closeDb();
    });
    reportReady(addressOf(server));
  } catch (error) {
    reportFailure(error);
  }
}

/** Loaded where it is needed: not every web process does jobs. */
async function startJobs(): Promise<() => Promise<void>> {
  const { databaseUrl, jobs } = environment();
  if (jobs === "apart") return startKeeping(db);
  const { startWorker } = await import("~/jobs/worker.server");
  return startWorker({ url: databaseUrl });
}

function openLive(): Promise<Live> {
  const { databaseUrl, limitStreamsPerUser, limitStreamQueueBytes } = environment();
  return startLive({
    url: databaseUrl,
    source: withNotifications(chatsAsLiveSource(db), db),
    news: caseNews(db),
    copies: settingsAsCopy(db),
    maxStreams: limitStreamsPerUser,
    queueBytes: limitStreamQueueBytes,
    onError: (error) => log.error({ err: error }, "live streams failed"),
    onStream: ({ open, ...stream }) =>
      log.info({ instance, ...stream }, open ? "stream opened" : "stream closed"),
    onNote: (details, message) => log.warn(details, message),
  });
}

type WebOptions = {
  live: Live;
  isAccepting: () => boolean;
  assets?: Handler;
};

async function makeWebApp({ live, isAccepting, assets }: WebOptions) {
  const { publicUrl, trustProxy, metricsToken, subjectPictureOrigins } = environment();
  const { limitImageBytes, limitImagesPerMessage } = environment();
  const isProduction = import.meta.env.PROD;
  return makeApp({
    assets,
    publicUrl,
    trustProxy,
    pictureOrigins: subjectPictureOrigins,
    pages: answerPages({
      // In development each request may find newer routes.
      build: isProduction ? await loadBuild() : loadBuild,
      mode: isProduction ? "production" : "development",
      getLoadContext: makeLoadContext(live.isOnline),
    }),
    events: answerEvents(live),
    chatPosts: answerChatPosts,
    uploadBytes: maxUploadBytes({ bytes: limitImageBytes, pictures: limitImagesPerMessage }),
    pictures: answerPictures({ db, storage }),
    metrics: answerMetrics({ token: metricsToken, read: readAllMetrics }),
    checks: {
      database: async () => (await askDatabase()).length === 1,
      listener: live.isListening,
      storage: storageReadiness(storage),
      accepting: isAccepting,
    },
  });
}

const askDatabase = () => db.execute(sql`select 1`);

async function loadBuild(): Promise<ServerBuild> {
  return await import("virtual:remix/server-build");
}

async function listen(live: Live, app: ReturnType<typeof makeApp>): Promise<Server> {
  const { host, port, publicUrl, trustProxy } = environment();
  const server = createServer({ shouldUpgradeCallback: () => false });
  const events = answerEvents(live, connectionTaker(server));
  server.on("request", makeFront({ app, chatPost: answerChatPost, events, publicUrl, trustProxy }));
  server.listen(port, host);
  server.keepAliveTimeout = keepAliveMs;
  server.requestTimeout = requestMs;
  try {
    await new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));
  } catch (error) {
    throw listenFailure(error, { host, port });
  }
  return server;
}

/** What a person opens; an address that stands for all of the machine's is shown as this one. */
function addressOf(server: Server): string {
  const { publicUrl, host } = environment();
  if (publicUrl) return publicUrl.origin;
  const { port } = server.address() as AddressInfo;
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
