import { and, eq, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { flags, reports } from "~/db/schema";
import { haveAtHand } from "~/retention/archive/ask-for-restore.server";
import { audit } from "../audit/audit.server";
import { outlivesSanction } from "./removals.server";

type Appealed = { appealed: true } | { refused: "appealed" | "notAppealable" };

/**
 * Appeals what was decided about a flag, once, whoever does; another moderator decides then, for good.
 * The author of a removed message can, where nothing else was imposed with it (that has an appeal of
 * its own) or that was lifted by hand, and whoever reported what was found fine. The same words of the same person twice are one
 * appeal.
 *
 * @param id of the flag
 * @returns null when it is neither about him nor reported by him, or it is being deleted
 */
export async function appealFlag(
  db: Db,
  viewer: Pick<Viewer, "id" | "role">,
  { id, text }: { id: string; text: string },
): Promise<Appealed | null> {
  return db.transaction(async (tx) => {
    const [found] = await tx.select().from(flags).where(eq(flags.id, id)).for("update");
    if (!found) return null;
    const flag = await standingOf(tx, found);
    const as = await partyTo(tx, viewer, flag);
    if (!as) return null;
    if (!mayAppeal[as](flag)) return { refused: "notAppealable" };
    const [earlier] = await tx.select().from(flags).where(eq(flags.appealOf, id));
    if (earlier) {
      const isSame = earlier.appealedBy === viewer.id && earlier.appeal === text;
      return isSame ? { appealed: true } : { refused: "appealed" };
    }
    const { chatId, messageId, personId, seq, severity } = flag;
    // Who decides it has to read the message.
    if (!(await haveAtHand(tx, viewer, { chatId, reason: "For an appeal" }))) return null;
    const [made] = await tx
      .insert(flags)
      .values({
        ...{ chatId, messageId, personId, seq, severity },
        source: "appeal",
        appealOf: id,
        appealedBy: viewer.id,
        appeal: text,
      })
      .returning({ id: flags.id });
    const details = { flagId: made?.id, appealOf: id, as, seq };
    await audit(tx, viewer, { action: "flag.appealed", chatId, personId, details });
    return { appealed: true };
  });
}

type Flag = typeof flags.$inferSelect;
/** What came of it for its author by itself: not with a sanction that has an appeal of its own. */
type Standing = Flag & { isRemoval: boolean };

const mayAppeal: Record<"author" | "reporter", (flag: Standing) => boolean> = {
  // Also what was removed because a reporter appealed: he had nothing to appeal before.
  author: ({ isRemoval, appealedBy, personId }) => isRemoval && appealedBy !== personId,
  reporter: ({ outcome, source }) => outcome === "fine" && source !== "appeal",
};

async function standingOf(tx: Db, flag: Flag): Promise<Standing> {
  const [left] = await tx.execute<{ is_left: boolean }>(sql`
    select f.is_redacted and ${outlivesSanction} as is_left from flags f where f.id = ${flag.id}`);
  return { ...flag, isRemoval: flag.outcome === "redacted" || left?.is_left === true };
}

/** Nobody learns of a flag about him that led to nothing. */
async function partyTo(
  tx: Db,
  viewer: Pick<Viewer, "id">,
  { id, personId, isRemoval }: Standing,
): Promise<"author" | "reporter" | null> {
  if (personId === viewer.id) return isRemoval ? "author" : null;
  const [report] = await tx
    .select({ id: reports.id })
    .from(reports)
    .where(and(eq(reports.flagId, id), eq(reports.reporterId, viewer.id)));
  return report ? "reporter" : null;
}
