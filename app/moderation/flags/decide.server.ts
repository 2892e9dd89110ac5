import { sql } from "drizzle-orm";
import { lockPeople } from "~/accounts/lock-people.server";
import { isSignedIn } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { lockAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { notify } from "~/live/notify.server";
import { tellOfDecidedFlag } from "~/notifications/tell-of-flag.server";
import { audit } from "../audit/audit.server";
import { mayWithFlag } from "../permissions";
import { carryOut } from "./carry-out.server";
import { choicesOf } from "./choices";
import type { FlagOutcome } from "./flag";
import { type FlagRow, lockFlag } from "./flag-row.server";
import type { FlagChoice, FlagDecision } from "./flag-view";

export type FlagDecided =
  | { done: true }
  /** `by`: who decided it, or looks at it now. */
  | { refused: "decided" | "taken"; by: string }
  | { refused: "notAllowed" | "notYours" | "notPossible" };

/**
 * Decides a flag: all that follows from it happens in one transaction, or nothing does. The same
 * decision twice is one.
 *
 * @returns null when there is no such flag for this viewer
 */
export async function decideFlag(
  db: Db,
  viewer: Viewer,
  flagId: string,
  decision: FlagDecision,
): Promise<FlagDecided | null> {
  // What was done before it turned out that something is not possible is undone with this.
  class Refused extends Error {
    constructor(readonly answer: FlagDecided | null) {
      super("A flag was not decided");
    }
  }
  try {
    return await db.transaction(async (tx) => {
      const answer = await decide(tx, viewer, flagId, decision);
      if (!answer || "refused" in answer) throw new Refused(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}

async function decide(
  tx: Db,
  viewer: Viewer,
  flagId: string,
  decision: FlagDecision,
): Promise<FlagDecided | null> {
  // A form that came slowly may end after the session that it began in.
  if (!(await isSignedIn(tx, viewer))) return null;
  const [known] = await tx.execute<{ chat_id: string; person_id: string }>(
    sql`select chat_id, person_id from flags where id = ${flagId}`,
  );
  const chat = known && (await lockAnyChat(tx, known.chat_id));
  if (!known || !chat) return null;
  await tx.execute(sql`select from flags where id = ${flagId} for no key update`);
  const people = await lockPeople(tx, [viewer.id, known.person_id]);
  const [moderator, person] = [people.get(viewer.id), people.get(known.person_id)];
  const locked = await lockFlag(tx, viewer, flagId);
  if (!locked || !moderator || !person || !mayWithFlag.see(moderator, locked.flag)) return null;

  const { flag } = locked;
  const { statement, choice } = decision;
  const outcome = await outcomeOf(tx, flag, choice);
  if (flag.status === "resolved") {
    const isSame = flag.decidedBy === viewer.id && flag.statement === statement;
    return isSame && flag.outcome === outcome.outcome
      ? { done: true }
      : { refused: "decided", by: await nameOf(tx, flag.decidedBy) };
  }
  if (flag.isOwnDecision) return { refused: "notYours" };
  if (!mayWithFlag.hold(moderator, flag)) {
    return { refused: "taken", by: await nameOf(tx, flag.heldBy) };
  }
  if (!choicesOf(flag, chat.privateThread !== null).includes(choice)) {
    return { refused: "notPossible" };
  }

  const done = await carryOut(tx, { flag, chat, pair: { moderator, person }, decision });
  if ("refused" in done) return done;
  const isRedacted = done.isRedacted || outcome.isRedacted;
  await tx.execute(sql`
    update flags set status = 'resolved', outcome = ${outcome.outcome}, statement = ${statement},
      is_redacted = ${isRedacted}, decided_by = ${viewer.id}, resolved_at = clock_timestamp(),
      dispute_id = ${done.disputeId ?? null}
    where id = ${flagId}`);
  await tellConcerned(tx, flag, outcome.outcome);
  const isRestored = done.entries.some(({ action }) => action === "message.restored");
  const decided = { outcome: outcome.outcome, isRestored, sanctionId: done.sanctionId };
  await tellOfDecidedFlag(tx, flag, decided);
  const details = { flagId, choice, outcome: outcome.outcome, isRedacted, statement };
  const about = { chatId: flag.chatId, personId: flag.personId, disputeId: done.disputeId };
  await audit(tx, moderator, { action: "flag.decided", ...about, details }, ...done.entries);
  return { done: true };
}

type Outcome = { outcome: FlagOutcome; isRedacted: boolean };

/** What stands after it: of what is upheld that which was decided before. */
async function outcomeOf(tx: Db, { appealOf }: FlagRow, choice: FlagChoice): Promise<Outcome> {
  if (choice !== "upheld") return { outcome: choice, isRedacted: false };
  const [appealed] = await tx.execute<Outcome>(sql`
    select outcome, is_redacted as "isRedacted" from flags where id = ${appealOf}`);
  return appealed ?? { outcome: "fine", isRedacted: false };
}

/** Whom it concerns, and who reported or appealed, see at once what came of it. */
async function tellConcerned(
  tx: Db,
  { id, personId, appealedBy, appealOf }: FlagRow,
  outcome: FlagOutcome,
) {
  const reporters = await tx.execute<{ id: string }>(sql`
    select distinct reporter_id as id from reports where flag_id in (${id}, ${appealOf})`);
  // Of what was found fine he never hears, unless he asked: not even that there was something.
  const concerned = outcome === "fine" ? [] : [personId];
  const all = new Set([...concerned, ...(appealedBy ? [appealedBy] : [])]);
  for (const reporter of reporters) all.add(reporter.id);
  await notify(
    tx,
    [...all].map((userId) => ({ kind: "person-changed", userId })),
  );
}

async function nameOf(tx: Db, id: string | null): Promise<string> {
  const [found] = await tx.execute<{ name: string }>(sql`select name from users where id = ${id}`);
  return found?.name ?? "";
}
