import { createHash } from "node:crypto";
import { and, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import { v5 as uuidv5 } from "uuid";
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

/**
 * The id of what a call makes that nothing else names: the same for its repeats, whoever answers them.
 *
 * @returns undefined where the call brings no key
 */
export function idOf(caller: string, request: Request): string | undefined {
  const key = readIdempotencyKey(request);
  return key === null ? undefined : uuidv5(JSON.stringify([caller, key]), made);
}

/** A namespace of our own, made by chance. */
const made = "6f1f7a53-5d7c-4b3f-9d5e-2f0c8f3f6a41";

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
 * external id, the reference, the subject or the key itself (`idOf`). A token is made anew, and ends by itself.
 *
 * @throws Problem 422 when the key came with something else, 409 while the first is being answered
 */
export async function answerOnce(
  db: Db,
  call: Call,
  answer: () => Promise<Stored>,
): Promise<Stored & { isRepeat: boolean }> {
  const begun = await begin(db, call);
  if ("known" in begun) return { ...begun.known, isRepeat: true };
  const mine = isMine(call, begun.at);
  try {
    const stored = await answer();
    if (isKept(stored)) await finish(db, mine, stored);
    else await forget(db, mine);
    return { ...stored, isRepeat: false };
  } catch (error) {
    await forget(db, mine);
    throw error;
  }
}

const isKept = ({ status }: Stored) => status < 500 && status !== 429 && status !== 401;

/** @returns the first answer, or since when whoever is to give it has the key */
async function begin(db: Db, call: Call): Promise<{ known: Stored } | { at: Date }> {
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
    .returning({ at: idempotentAnswers.createdAt });
  if (row) return row;
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
  return { known: { status: known.status, headers: known.headers, body } };
}

async function finish(
  db: Db,
  mine: SQL | undefined,
  { status, headers, body }: Stored,
): Promise<void> {
  await db
    .update(idempotentAnswers)
    .set({ status, headers, body: seal(label, body) })
    .where(mine);
}

async function forget(db: Db, mine: SQL | undefined): Promise<void> {
  await db.delete(idempotentAnswers).where(mine);
}

/** Who was taken for dead and was only slow has it no more. */
const isMine = (call: Call, at: Date) => and(isCall(call), eq(idempotentAnswers.createdAt, at));

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
