import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import {
  Logger,
  parseCronItems,
  type Runner,
  run,
  type TaskList,
  type WorkerEvents,
  type WorkerPool,
} from "graphile-worker";
import { connect } from "~/db/client.server";
import { jobConnections } from "~/db/connection-budget.server";
import { startDelivering } from "~/integration/webhooks/delivering.server";
import { startFollowing } from "~/notifications/following.server";
import { within } from "~/operations/deadline.server";
import { log } from "~/operations/log.server";
import { loggedError } from "~/operations/logged-error.server";
import type { Job } from "./job";
import { jobSeconds } from "./job-metrics.server";
import { startKeeping } from "./keeping.server";
import { workerName } from "./queue.server";
import { type Registry, registry } from "./registry.server";
import type { TaskName } from "./tasks";

/** Jobs at a time: they wait for other servers, and one that is slow should not hold up the rest. */
const concurrentJobs = 6;
/** How late a job may begin whose time comes; new ones are told of. In ms. */
const pollInterval = 1_000;
/** From being asked to stop: until jobs are told, and until they are left alone. In ms. */
const [tellMs, leaveMs] = [1_500, 4_500];
/** Before it is tried again where the queue could not be reached, in ms. */
const pauseMs = 1_000;

type Options = { url: string; jobs?: Registry };

/**
 * Does jobs until it is stopped.
 *
 * @returns stops it within 6 s: what is done by then is done, the rest is for others
 */
export function startWorker({ url, jobs = registry }: Options): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  log.info("jobs are done here");
  const working = (async () => {
    let isFailing = false;
    while (!signal.aborted) {
      try {
        await work(url, jobs, signal);
        isFailing = false;
      } catch (error) {
        if (!isFailing) log.warn({ err: error }, "jobs could not be done; they wait");
        isFailing = true;
      }
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
  })();
  return async () => {
    stopping.abort();
    await working;
  };
}

/** Until it is to stop, or its queue cannot be kept: then all is opened anew, under another name. */
async function work(url: string, jobs: Registry, signal: AbortSignal): Promise<void> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => stop());
  const { promise: opened, resolve: open } = Promise.withResolvers<Opened>();
  const events: WorkerEvents = new EventEmitter();
  events.once("pool:create", ({ workerPool }) => {
    const pool = connect(url, {
      max: jobConnections.jobs,
      name: workerName(workerPool.id),
      isGentle: true,
    });
    open({ ...pool, workerPool });
  });
  const runner = await run(
    {
      noHandleSignals: true,
      parsedCronItems: cronItems(jobs),
      preset: {
        worker: {
          connectionString: url,
          maxPoolSize: jobConnections.queue,
          concurrentJobs,
          pollInterval,
          gracefulShutdownAbortTimeout: tellMs,
          // What ends a job is waited for: else its failure would end the whole process.
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
          events,
          logger,
        },
      },
    },
    taskList(jobs, opened),
  );
  const { db, close, workerPool } = await opened;
  const stopBeside = [startKeeping(db), startFollowing(db), startDelivering(db)];
  try {
    await Promise.race([runner.promise, stopped]);
  } finally {
    await Promise.all(stopBeside.map((stop) => stop()));
    await end(runner, workerPool);
    await close();
  }
}

/**
 * What is done by the clock: whichever process is first adds its job, and no other one does.
 * What was missed while no process ran is not made up for, because the next one does it all.
 */
function cronItems(jobs: Registry) {
  const hourly = { task: "retention", match: "7 * * * *", options: { backfillPeriod: 0 } };
  return parseCronItems([hourly].filter(({ task }) => task in jobs));
}

/** Gives jobs that are under way some time; what is left then fails, for another attempt. */
async function end(runner: Runner, workerPool: WorkerPool): Promise<void> {
  runner.promise.catch(() => {});
  try {
    await within(leaveMs, runner.stop());
  } catch {
    const left = Promise.resolve(workerPool.forcefulShutdown("The process had to stop"));
    await within(pauseMs, left).catch(() => {});
  }
}

type Opened = ReturnType<typeof connect> & { workerPool: WorkerPool };

function taskList(jobs: Registry, opened: Promise<Opened>): TaskList {
  const tasks = Object.entries(jobs) as [TaskName, Job<never>][];
  return Object.fromEntries(
    tasks.map(([task, job]) => [
      task,
      async (
        payload,
        { job: { id, run_at, attempts: attempt, max_attempts: most }, abortSignal },
      ) => {
        const { db } = await opened;
        const isLastAttempt = attempt >= most;
        const took = jobSeconds.startTimer({ task });
        try {
          const signal = abortSignal ?? new AbortController().signal;
          // Its time came by PostgreSQL's clock. By one that is behind it would wait, and at once again.
          const now = new Date(Math.max(Date.now(), run_at.getTime()));
          await job(db, payload as never, { now, attempt, isLastAttempt, signal });
          took({ outcome: "done" });
        } catch (error) {
          took({ outcome: "failed" });
          const line = { task, job: id, attempt, err: error };
          if (isLastAttempt) log.error(line, "a job is given up");
          else log.warn(line, "a job failed and is tried again");
          // The queue keeps what it says, and a page shows it.
          throw new Error(loggedError(error).message);
        }
      },
    ]),
  );
}

/** Its one warning is about a pool that is small on purpose. */
const levels = { error: "warn", warning: "debug", info: "debug", debug: "trace" } as const;

/** Its own words about each job are left out: what a job fails with is logged above, once. */
const logger = new Logger(({ workerId }) => (level, message, meta) => {
  if (meta?.failure || meta?.success) return;
  log[levels[level]]({ workerId }, message.split("\n")[0]);
});
