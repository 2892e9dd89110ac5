import type { Chat } from "~/chats/chat";
import { findMessage } from "~/chats/messages.server";
import type { Db } from "~/db/client.server";
import { newRowId } from "~/db/row-id.server";
import { redact, restore } from "../access/redacting.server";
import type { AuditEntry } from "../audit/audit.server";
import { openLockedCase } from "../disputes/open-dispute.server";
import { impose } from "../people/sanctions.server";
import type { FlagRow } from "./flag-row.server";
import type { FlagDecision } from "./flag-view";

type Act = {
  flag: FlagRow;
  chat: Chat;
  pair: Parameters<typeof impose>[1];
  decision: FlagDecision;
};
type Done = { isRedacted: boolean; disputeId?: string; sanctionId?: string; entries: AuditEntry[] };

/**
 * What follows of a decision for the message, the person and the chat, which are locked. The audit
 * entries are its caller's, as it is to undo what was done before something was refused.
 */
export async function carryOut(
  tx: Db,
  { flag, chat, pair, decision }: Act,
): Promise<Done | { refused: "notAllowed" | "notPossible" }> {
  const { choice, statement, days } = decision;
  const done: Done = { isRedacted: false, entries: [] };
  if (choice === "fine" || choice === "upheld") {
    const isGranted = choice === "fine" && flag.appealedBy === flag.personId;
    const message = isGranted && flag.messageId && (await findMessage(tx, chat.id, flag.seq));
    if (message) done.entries.push(...(await restore(tx, chat, message, flag.appealOf)));
    return done;
  }
  if (choice === "redacted" || (decision.alsoRedact && choice !== "dispute")) {
    const message = flag.messageId && (await findMessage(tx, chat.id, flag.seq));
    const gone = message && (await redact(tx, pair.moderator, chat, message, statement));
    if (!gone || "refused" in gone) return { refused: "notPossible" };
    done.entries.push(...gone.entries);
    done.isRedacted = true;
  }
  if (choice === "dispute") {
    const opened = await openLockedCase(tx, pair.moderator, chat, { statement, reason: "other" });
    if ("refused" in opened) return { refused: "notPossible" };
    done.entries.push(...opened.entries);
    done.disputeId = opened.disputeId;
  } else if (choice !== "redacted") {
    const imposed = await impose(tx, pair, {
      id: newRowId(),
      userId: flag.personId,
      kind: choice,
      reason: statement,
      flagId: flag.id,
      ...(choice === "suspension" && { days: days ?? 1 }),
    });
    if (!imposed) return { refused: "notPossible" };
    if ("refused" in imposed) return imposed;
    const { chatId } = flag;
    done.sanctionId = imposed.sanction.id;
    done.entries.push(...imposed.entries.map((entry) => ({ ...entry, chatId })));
  }
  return done;
}
