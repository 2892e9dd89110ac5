import { eq, sql } from "drizzle-orm";
import webPush from "web-push";
import type { Db } from "~/db/client.server";
import { pushSubscriptions } from "~/db/schema";
import { type Answered, NotSent, postOutside } from "~/http/outgoing/post.server";
import { deliverOnce, NotTaken } from "~/jobs/deliver-once.server";
import { environment } from "~/operations/environment.server";
import { log } from "~/operations/log.server";
import { light } from "./light";
import type { PushPayload } from "./payload";
import { type PushOutcome, pushes } from "./push-metrics.server";
import { type AllowedEndpoint, allowedEndpoint } from "./push-services";
import { retryTime } from "./retry-after";
import { isStillThere, type Subscription } from "./subscriptions.server";
import { readVapid } from "./vapid.server";

export type Push = {
  /** What it says to whom; the same to the same device has the same. */
  key: string;
  payload: PushPayload;
  /** One that waits for a device is replaced by the next of its topic; up to 32 of base64url. */
  topic: string;
  urgency: "normal" | "high";
  /** How long it is worth to wait for a device that is off. */
  ttlSeconds: number;
};

/** Whose browser it was signed out, or another person's took it, before it was handed over. */
class Ended extends Error {}

/** For one push service. It has answered by then, or nobody knows. */
const timeoutMs = 10_000;
const maxAnswerBytes = 4_096;
/** After a first failure so long, and twice as long each time. */
const firstPauseMs = 30_000;
const longestPauseMs = 6 * 60 * 60 * 1000;
/** Some three days without a single success. */
const mostFailures = 20;

/**
 * Pushes to one device, once: not again what was handed over before, and nothing while its service
 * wants to be left alone. A subscription that ended is deleted, as is one whose service is not in the
 * list any more.
 *
 * @returns when to try again, if this was for later
 */
export async function sendPush(
  db: Db,
  subscription: Subscription,
  push: Push,
  now: Date,
): Promise<{ retryAt: Date } | null> {
  const { pausedUntil } = subscription;
  if (pausedUntil && pausedUntil > now) return { retryAt: pausedUntil };
  const allowed = allowedEndpoint(subscription.endpoint, environment().pushServices);
  if (!allowed) return end(db, subscription, "refused");
  let answer: Answered | undefined;
  try {
    const delivered = await deliverOnce(
      db,
      `push:${subscription.id}:${push.key}`,
      async (handOver) => {
        answer = await post(db, allowed, subscription, push, async () => {
          if (!(await isStillThere(db, subscription))) throw new Ended();
          await handOver();
        });
        if (!isTaken(answer)) throw new NotTaken(`The push service answered ${answer.status}`);
      },
    );
    if (delivered === "delivered") await noteTaken(db, subscription, now);
    // It may have arrived, and the service is not well.
    if (delivered === "unknown") await noteFailure(db, subscription, "unknown", now);
    return null;
  } catch (error) {
    if (error instanceof Ended) return null;
    if (!(error instanceof NotTaken)) throw error;
    return settle(db, subscription, answer, now);
  }
}

async function post(
  db: Db,
  { url, mayBePrivate }: AllowedEndpoint,
  { endpoint, p256dh, auth }: Subscription,
  { payload, topic, urgency, ttlSeconds }: Push,
  onConnected: () => Promise<void>,
): Promise<Answered> {
  const { headers, body } = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh, auth } },
    JSON.stringify(light(payload)),
    { vapidDetails: await readVapid(db), TTL: ttlSeconds, topic, urgency },
  );
  try {
    return await postOutside({
      url,
      headers: Object.fromEntries(Object.entries(headers)),
      body,
      mayBePrivate,
      timeoutMs,
      maxAnswerBytes,
      onConnected,
    });
  } catch (error) {
    if (error instanceof NotSent) throw new NotTaken(error.message, { cause: error });
    throw error;
  }
}

const isTaken = ({ status }: Answered) => status >= 200 && status < 300;

/** What was certainly not taken. */
async function settle(
  db: Db,
  subscription: Subscription,
  answer: Answered | undefined,
  now: Date,
): Promise<{ retryAt: Date } | null> {
  const { status, headers, body } = answer ?? {};
  if (status === 404 || status === 410) return end(db, subscription, "gone");
  const isOurFault = status !== undefined && status < 500 && status !== 429 && status !== 408;
  if (isOurFault) {
    const { host } = new URL(subscription.endpoint);
    log.error({ host, status, answer: body?.slice(0, 200) }, "a push was refused");
  }
  const outcome = isOurFault ? "refused" : status ? "later" : "unreachable";
  const asked = retryTime(headers?.["retry-after"], now);
  const retryAt = await noteFailure(db, subscription, outcome, now, asked);
  // One that is wrong in itself will be as wrong the next time.
  return retryAt && status !== 400 && status !== 413 ? { retryAt } : null;
}

async function noteTaken(db: Db, { id }: Subscription, now: Date) {
  pushes.inc({ outcome: "taken" });
  await db
    .update(pushSubscriptions)
    .set({ lastTakenAt: now, failures: 0, pausedUntil: null })
    .where(eq(pushSubscriptions.id, id));
}

/** @returns until when nothing more is tried; null where the subscription ended with it */
async function noteFailure(
  db: Db,
  subscription: Subscription,
  outcome: PushOutcome,
  now: Date,
  asked: Date | null = null,
): Promise<Date | null> {
  const { id, failures } = subscription;
  if (failures + 1 >= mostFailures) {
    await end(db, subscription, outcome);
    return null;
  }
  pushes.inc({ outcome });
  const pause = Math.min(firstPauseMs * 2 ** failures, longestPauseMs);
  const own = now.getTime() + pause * (1 + Math.random() / 4);
  const pausedUntil = new Date(Math.max(own, asked?.getTime() ?? 0));
  await db
    .update(pushSubscriptions)
    .set({ failures: sql`${pushSubscriptions.failures} + 1`, pausedUntil })
    .where(eq(pushSubscriptions.id, id));
  return pausedUntil;
}

async function end(db: Db, { id }: Subscription, outcome: PushOutcome): Promise<null> {
  pushes.inc({ outcome });
  await db.delete(pushSubscriptions).where(eq(pushSubscriptions.id, id));
  return null;
}
