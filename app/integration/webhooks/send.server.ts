import type { Db } from "~/db/client.server";
import { NotSent, postOutside } from "~/http/outgoing/post.server";
import { NotPublic } from "~/http/outgoing/resolve.server";
import { environment } from "~/operations/environment.server";
import { isAllowedHost } from "./allowed-hosts";
import { type Claimed, keepClaim } from "./claim.server";
import { messageName } from "./endpoint";
import { makePayload } from "./payload.server";
import { openSecret, SecretLost, signedHeaders } from "./secret.server";

/** How an attempt ended. What was answered is its beginning; `isGone`: there is nothing to tell. */
export type Attempted = {
  at: Date;
  durationMs: number;
  status: number | null;
  error: string | null;
  answer: string | null;
  retryAfter?: string;
  isGone?: boolean;
};

/** For the whole of a call; what is read of an answer, and kept of it. */
export const limits = { timeoutMs: 5_000, answerBytes: 65_536, keptCharacters: 1_000 };

export type Means = {
  timeoutMs?: number;
  /** Aborted when the process stops. */
  signal?: AbortSignal;
  lookUp?: Parameters<typeof postOutside>[0]["lookUp"];
};

/** It is another's to send by now, or not to be sent at all. */
class ClaimLost extends Error {}

/**
 * Posts one message to its endpoint, signed. Redirects are followed nowhere: they are failures.
 *
 * @returns null where it was not for this process to send, or it has to stop: nothing is known then
 */
export async function attempt(
  db: Db,
  claimed: Claimed,
  { timeoutMs = limits.timeoutMs, signal, lookUp }: Means = {},
): Promise<Attempted | null> {
  const at = new Date();
  const startedAt = performance.now();
  const ended = (how: Partial<Attempted>): Attempted => ({
    ...{ at, status: null, error: null, answer: null, ...how },
    durationMs: Math.round(performance.now() - startedAt),
  });
  const body = await makePayload(db, claimed.message);
  if (!body) return ended({ error: "What it tells of is gone", isGone: true });
  try {
    const url = new URL(claimed.url);
    const id = messageName(claimed.message.id);
    const secrets = claimed.secrets.map(openSecret);
    const mayBePrivate = isAllowedHost(url, environment().webhookAllowedHosts);
    if (url.protocol !== "https:" && !mayBePrivate) {
      return ended({ error: "Only https is allowed for this host" });
    }
    const answer = await postOutside({
      url,
      headers: {
        "content-type": "application/json",
        "user-agent": "Parley",
        ...signedHeaders({ id, at, body }, secrets),
      },
      body: Buffer.from(body),
      mayBePrivate,
      timeoutMs,
      maxAnswerBytes: limits.answerBytes,
      signal,
      lookUp,
      onConnected: async () => {
        if (!(await keepClaim(db, claimed.claim))) throw new ClaimLost();
      },
    });
    return ended({
      status: answer.status,
      answer: kept(answer.body),
      retryAfter: answer.headers["retry-after"],
    });
  } catch (error) {
    if (error instanceof ClaimLost || signal?.aborted) return null;
    return ended({ error: reasonOf(error) });
  }
}

/** As PostgreSQL takes it, and a page shows it. */
const kept = (body: string) =>
  body
    .replace(/[\0\uFFFD]/g, "")
    .slice(0, limits.keptCharacters)
    .toWellFormed();

/** In few words, for the log of attempts; an unknown failure by its code. */
function reasonOf(error: unknown): string {
  const cause = error instanceof NotSent ? error.cause : error;
  if (error instanceof SecretLost) return error.message;
  if (cause instanceof NotPublic) return "The host has an address that is not public";
  if (!(cause instanceof Error)) return "Unknown";
  // All else that would end it early is not an attempt.
  if (["AbortError", "TimeoutError"].includes(cause.name)) return "No answer in time";
  const { code } = cause as NodeJS.ErrnoException;
  return code ? `Failed: ${code}` : `Failed: ${cause.message}`.slice(0, 200);
}
