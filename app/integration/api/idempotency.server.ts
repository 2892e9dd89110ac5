import { createHash } from "node:crypto";
import { and, eq, inArray, lt, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { idempotentAnswers } from "~/db/schema";
import { seal, unseal } from "../sealed.server";
import { Problem } from "./problem";

/** Hours for which a first answer is kept (CONTRACT of the API: docs/errors-and-limits.md). */
const keptHours = 24;
/** Seconds after which whoever began and never answered is taken for dead. */
const patienceSeconds = 60;
const sweptAtOnce = 100;
const label = "idempotent answer";

export type Stored = { status: number; headers: Record<string, string>; body: string };

type Call = { caller: string; key: string; fingerprint: string };

/** What was asked, so that one key means one thing. */
export function fingerprintOf(request: Request, text: string): string {
  const { pathname, search } = new URL(request.url);
  const type = request.headers.get("Content-Type")?.split(";", 1)[0] ?? "";
  return createHash("sha256")
    .update(JSON.stringify([request.method, pathname, search, type, text]))
    .digest("base64url");
}

/** @throws Problem 400 for a key that is none */
export function readIdempotencyKey(request: Request): string | null {
  const key = request.headers.get("Idempotency-Key");
  if (key === null) return null;
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Problem("unreadable", {
    detail: "Idempotency-Key takes 1 to 255 visible characters of ASCII",
  });
}

/**
 * Answers a call once: a repeat gets the first answer. What was no answer to the call itself (too
 * many calls, a fault of ours) is not kept, and the repeat is tried.
 *
 * The answer is stored after what it tells of is committed. Where a process dies between the two, the
 * repeat is tried again, which the operations stand: each is the same done twice, by the client id, the
 * external id, the reference or the subject that it names.
 *
 * @throws Problem 422 when the key came with something else, 409 while the first is being answered
 */
export async function answerOnce(
  db: Db,
  call: Call,
  answer: () => Promise<Stored>,
): Promise<Stored & { isRepeat: boolean }> {
  const known = await begin(db, call);
  if (known) return { ...known, isRepeat: true };
  try {
    const stored = await answer();
    if (isKept(stored)) await finish(db, call, stored);
    else await forget(db, call);
    return { ...stored, isRepeat: false };
  } catch (error) {
    await forget(db, call);
    throw error;
  }
}

const isKept = ({ status }: Stored) => status < 500 && status !== 429 && status !== 401;

/** @returns the first answer, or null for whoever is to give it */
async function begin(db: Db, call: Call): Promise<Stored | null> {
  await sweepSome(db);
  const [row] = await db
    .insert(idempotentAnswers)
    .values(call)
    .onConflictDoUpdate({
      target: [idempotentAnswers.caller, idempotentAnswers.key],
      set: {
        fingerprint: call.fingerprint,
        createdAt: sql`now()`,
        status: null,
        headers: null,
        body: null,
      },
      // Too old, or of somebody who died over it.
      setWhere: sql`${idempotentAnswers.createdAt} < now() - ${keptHours} * interval '1 hour'
        or (${idempotentAnswers.status} is null and ${idempotentAnswers.fingerprint} = ${call.fingerprint}
          and ${idempotentAnswers.createdAt} < now() - ${patienceSeconds} * interval '1 second')`,
    })
    .returning({ key: idempotentAnswers.key });
  if (row) return null;
  const [known] = await db.select().from(idempotentAnswers).where(isCall(call));
  if (known && known.fingerprint !== call.fingerprint) {
    throw new Problem("invalid", {
      reason: "idempotencyKeyReused",
      detail: "This Idempotency-Key came with another request before",
    });
  }
  const body = known?.body && unseal(label, known.body);
  if (!known || known.status === null || !known.headers || typeof body !== "string") {
    throw new Problem("conflict", {
      reason: "inProgress",
      detail: "The first request with this Idempotency-Key is still being answered",
      headers: { "Retry-After": "1" },
    });
  }
  return { status: known.status, headers: known.headers, body };
}

async function finish(db: Db, call: Call, { status, headers, body }: Stored): Promise<void> {
  await db
    .update(idempotentAnswers)
    .set({ status, headers, body: seal(label, body) })
    .where(isCall(call));
}

async function forget(db: Db, call: Call): Promise<void> {
  await db.delete(idempotentAnswers).where(isCall(call));
}

const isCall = ({ caller, key }: Call) =>
  and(eq(idempotentAnswers.caller, caller), eq(idempotentAnswers.key, key));

/** For the time when nobody calls: each call takes a few with it. @returns how many went */
export async function sweepAnswers(db: Db): Promise<number> {
  for (let swept = 0; ; ) {
    const gone = await sweepSome(db);
    swept += gone;
    if (gone < sweptAtOnce) return swept;
  }
}

async function sweepSome(db: Db): Promise<number> {
  const old = db
    .select({ key: idempotentAnswers.key })
    .from(idempotentAnswers)
    .where(lt(idempotentAnswers.createdAt, sql`now() - ${keptHours} * interval '1 hour'`))
    .limit(sweptAtOnce)
    .for("update", { skipLocked: true });
  const gone = await db
    .delete(idempotentAnswers)
    .where(
      and(
        lt(idempotentAnswers.createdAt, sql`now() - ${keptHours} * interval '1 hour'`),
        inArray(idempotentAnswers.key, old),
      ),
    )
    .returning({ key: idempotentAnswers.key });
  return gone.length;
}
