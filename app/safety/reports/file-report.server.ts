import { sql } from "drizzle-orm";
import { isSignedIn } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { findChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { reports } from "~/db/schema";
import { type Limited, rateLimit } from "~/http/rate-limits.server";
import { audit } from "~/moderation/audit/audit.server";
import { type ReportReason, severityOfReport } from "~/moderation/flags/flag";
import { raiseFlag } from "~/moderation/flags/raise.server";
import { isSide } from "~/moderation/permissions";
import { environment } from "~/operations/environment.server";
import { askForRestore } from "~/retention/archive/ask-for-restore.server";
import { keepStill } from "~/retention/archive/unit.server";
import type { Pointed } from "./report";
import { findReported, type NotReportable, type Reported } from "./reported.server";

export type ReportDraft = Pointed & { chatId: string; reason: ReportReason; note?: string };

type Filed =
  /** `isNew: false`: he had reported the same already, and it is not decided yet. */
  | { reportId: string; isNew: boolean }
  | NotReportable
  /** It was decided, and nothing has changed since. */
  | { refused: "reportDecided" }
  /** It is brought back now: a report is about messages that are there. */
  | { refused: "reportArchived" }
  | ({ refused: "tooManyReports" } & Limited);

/**
 * Tells moderators of what the other side wrote, or of the person. It joins the flag of the same, where
 * one waits. Who sends the form twice reports once: the first counts.
 *
 * Nobody but moderators learns that it was reported, or by whom.
 *
 * @returns null when there is no such chat, message or picture for this viewer
 */
export async function fileReport(
  db: Db,
  viewer: Viewer,
  { chatId, reason, note = "", ...pointed }: ReportDraft,
): Promise<Filed | null> {
  return db.transaction(async (tx) => {
    await keepStill(tx, chatId);
    const chat = (await isSignedIn(tx, viewer)) && (await findChat(tx, viewer, chatId));
    if (chat && chat.status === "archived" && isSide(viewer, chat)) {
      await askForRestore(tx, viewer, { chatId, reason: "For a report" });
      return { refused: "reportArchived" };
    }
    const reported = chat && (await findReported(tx, viewer, chat, pointed));
    if (!reported || "refused" in reported) return reported || null;
    const limit = limitOf(tx);
    // From here on his reports come one after the other: the second of two knows of the first.
    const limited = await limit.count(viewer.id);
    const earlier = await findEarlier(tx, viewer, { chatId, ...reported });
    if (earlier) {
      if (!limited) await limit.forgive(viewer.id);
      return earlier.is_decided
        ? { refused: "reportDecided" }
        : { reportId: earlier.id, isNew: false };
    }
    if (limited) return { refused: "tooManyReports", ...limited };

    const { person, message, seq } = reported;
    const flagId = await raiseFlag(tx, {
      chatId,
      messageId: message?.id,
      seq,
      personId: person.id,
      source: "report",
      severity: severityOfReport(reason),
    });
    const target = pointed.picture ? "picture" : message ? "message" : "person";
    const attachmentId = pointed.picture;
    const [made] = await tx
      .insert(reports)
      .values({ flagId, reporterId: viewer.id, target, attachmentId, reason, note })
      .returning({ id: reports.id });
    if (!made) throw new Error("A report was not stored");
    const details = { flagId, target, reason, seq };
    await audit(tx, viewer, { action: "flag.reported", chatId, personId: person.id, details });
    return { reportId: made.id, isNew: true };
  });
}

type Earlier = { id: string; is_decided: boolean };

/**
 * What the viewer reported of the same and what still stands for it: not decided yet, or decided and
 * nothing new since, neither an edit of the message nor, of a person, anything in the chat.
 */
export async function findEarlier(
  db: Db,
  viewer: Pick<Viewer, "id">,
  { chatId, message, person, seq }: Reported & { chatId: string },
): Promise<Earlier | null> {
  const isSame = message
    ? sql`f.message_id = ${message.id} and (f.status <> 'resolved'
        or coalesce(f.resolved_at > ${message.editedAt}::timestamptz, true))`
    : sql`f.message_id is null and f.chat_id = ${chatId} and f.person_id = ${person.id}
        and (f.status <> 'resolved' or f.seq >= ${seq})`;
  const [earlier] = await db.execute<Earlier>(sql`
    select r.id, f.status = 'resolved' as is_decided
    from reports r join flags f on f.id = r.flag_id
    where r.reporter_id = ${viewer.id} and ${isSame}
    order by f.status = 'resolved', r.created_at desc limit 1`);
  return earlier ?? null;
}

/** In the transaction, so that only what is really reported counts. */
const limitOf = (tx: Db) =>
  rateLimit(tx, { name: "reports", points: environment().limitReportsPerHour, seconds: 3_600 });
