import { and, eq, isNull, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { lockAnyChat } from "~/chats/clock.server";
import { findMessage } from "~/chats/messages.server";
import type { Db } from "~/db/client.server";
import { sanctions } from "~/db/schema";
import { notify } from "~/live/notify.server";
import { tellOfSanction } from "~/notifications/tell-of-sanction.server";
import { haveAtHand } from "~/retention/archive/ask-for-restore.server";
import { restore } from "../access/redacting.server";
import { audit } from "../audit/audit.server";
import { tellCases } from "../disputes/case-news.server";
import { may } from "../permissions";
import type { Sanction } from "./sanction";
import { findSanction } from "./sanction-history.server";
import { lift, lockSanction } from "./sanctions.server";

/**
 * The person says that he read it; a warning is not shown any more then.
 *
 * @returns null when it is not his
 */
export async function acknowledgeSanction(
  db: Db,
  viewer: Pick<Viewer, "id">,
  id: string,
): Promise<{ acknowledged: true } | null> {
  return db.transaction(async (tx) => {
    const own = and(eq(sanctions.id, id), eq(sanctions.userId, viewer.id));
    const [now] = await tx
      .update(sanctions)
      .set({ acknowledgedAt: sql`clock_timestamp()` })
      .where(and(own, isNull(sanctions.acknowledgedAt)))
      .returning({ id: sanctions.id });
    // Other pages of his, and other devices, show it no longer either.
    if (now) await notify(tx, [{ kind: "person-changed", userId: viewer.id }]);
    else if (!(await tx.select({ id: sanctions.id }).from(sanctions).where(own)).length)
      return null;
    return { acknowledged: true };
  });
}

/**
 * The person appeals, once, also while he is locked out. The same words twice are one appeal.
 *
 * @returns null when the sanction is not his
 */
export async function appealSanction(
  db: Db,
  viewer: Pick<Viewer, "id" | "role">,
  { id, text }: { id: string; text: string },
): Promise<{ appealed: true } | { refused: "lifted" | "appealed" } | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select from ${sanctions} where ${sanctions.id} = ${id} for update`);
    const sanction = await findSanction(tx, id);
    if (sanction?.userId !== viewer.id) return null;
    if (sanction.appeal?.text === text) return { appealed: true };
    if (sanction.appeal) return { refused: "appealed" };
    if (sanction.lifted) return { refused: "lifted" };
    // The chat that led to it is read, and held, by who decides; a sanction outlives that.
    const chatId = await chatOf(tx, id);
    if (chatId) await haveAtHand(tx, viewer, { chatId, reason: "For an appeal" });
    await tx
      .update(sanctions)
      .set({ appeal: text, appealedAt: sql`clock_timestamp()` })
      .where(eq(sanctions.id, id));
    await tellCases(tx);
    await audit(tx, viewer, {
      action: "sanction.appealed",
      personId: viewer.id,
      disputeId: sanction.disputeId ?? undefined,
      details: { sanctionId: id, kind: sanction.kind },
    });
    return { appealed: true };
  });
}

async function chatOf(tx: Db, sanctionId: string): Promise<string | null> {
  const [found] = await tx.execute<{ chat_id: string | null }>(sql`
    select coalesce(f.chat_id, d.chat_id) as chat_id from sanctions s
    left join flags f on f.id = s.flag_id left join disputes d on d.id = s.dispute_id
    where s.id = ${sanctionId}`);
  return found?.chat_id ?? null;
}

/** `notAllowed`: the sanction is his own act, or of somebody of a higher role. */
type Decided =
  | { sanction: Sanction }
  | { refused: "notAllowed" | "notAppealed" | "decided" | "lifted" };

/**
 * Another moderator than the one who imposed it decides an appeal: he lifts the sanction, or it
 * stays. Either is final. A message that was removed with it comes back when it is lifted, unless
 * something else removes it, too.
 *
 * @param answer shown to the person
 * @returns null for who is no moderator (any more), and when there is no such sanction
 */
export async function decideSanctionAppeal(
  db: Db,
  viewer: Viewer,
  { id, answer, isGranted }: { id: string; answer: string; isGranted: boolean },
): Promise<Decided | null> {
  return db.transaction(async (tx) => {
    const about = isGranted ? await lockRemoved(tx, id) : null;
    const locked = await lockSanction(tx, viewer, id);
    if (!locked) return null;
    const { sanction, moderator, person } = locked;
    if (!may.decideAppeal(moderator, person, sanction.imposedBy)) return { refused: "notAllowed" };
    if (!sanction.appeal) return { refused: "notAppealed" };
    if (sanction.appeal.decided) return { refused: "decided" };
    if (sanction.lifted) return { refused: "lifted" };
    await tx
      .update(sanctions)
      .set({
        appealDecidedBy: viewer.id,
        appealDecidedAt: sql`clock_timestamp()`,
        appealAnswer: answer,
      })
      .where(eq(sanctions.id, id));
    if (isGranted) await lift(tx, sanction, viewer.id, answer);
    else await tellCases(tx);
    const restored = about ? await restore(tx, about.chat, about.message, about.flagId) : [];
    await tellOfSanction(tx, sanction, "appealDecided");
    const entry = {
      action: "sanction.appeal_decided" as const,
      personId: person.id,
      disputeId: sanction.disputeId ?? undefined,
      details: { sanctionId: id, kind: sanction.kind, isGranted, answer },
    };
    await audit(tx, moderator, entry, ...restored);
    return { sanction: (await findSanction(tx, id)) ?? sanction };
  });
}

/**
 * The message that was removed with a sanction, where one was, and its chat, which is locked before
 * the people are.
 */
async function lockRemoved(tx: Db, sanctionId: string) {
  const [flag] = await tx.execute<{ id: string; chat_id: string; seq: string }>(sql`
    select f.id, f.chat_id, f.seq from sanctions s join flags f on f.id = s.flag_id
    where s.id = ${sanctionId} and f.is_redacted`);
  const chat = flag && (await lockAnyChat(tx, flag.chat_id));
  const message = chat && (await findMessage(tx, chat.id, Number(flag.seq)));
  return message ? { chat, message, flagId: flag.id } : null;
}
