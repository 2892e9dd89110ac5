import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { type ChatRow, toChat } from "~/chats/chat";
import { findAnyChatRow } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";
import type { CaseMessage } from "../access/case-message";
import { audit } from "../audit/audit.server";
import { stepsOfFlag } from "../audit/steps.server";
import { fillTemplate } from "../disputes/template";
import { listTemplates } from "../disputes/templates.server";
import { mayWithFlag } from "../permissions";
import { choicesOf } from "./choices";
import { readContext } from "./context.server";
import { type FlagRow, lockFlag } from "./flag-row.server";
import type { Appealed, FlagView } from "./flag-view";
import { hold } from "./hold.server";
import { peopleOf, reportsOf } from "./people-of-flag.server";

/**
 * Looks at a flag. Where nobody else does, the viewer holds it from then on, and reads the message
 * among its neighbours; no more of the chat. The look is in the audit log with the places that were
 * read, in the same transaction.
 *
 * @returns null when there is no such flag for this viewer
 */
export async function lookAtFlag(
  db: Db,
  viewer: Pick<Viewer, "id">,
  flagId: string,
): Promise<FlagView | null> {
  return db.transaction(async (tx) => {
    const locked = await lockFlag(tx, viewer, flagId);
    if (!locked || !mayWithFlag.see(locked.moderator, locked.flag)) return null;
    const { flag, moderator } = locked;
    const chat = await findAnyChatRow(tx, flag.chatId);
    if (!chat) return null;
    const isHolding = mayWithFlag.hold(moderator, flag);
    const claimed = isHolding ? await hold(tx, viewer, flag) : [];
    const messages = isHolding ? await readContext(tx, flag, chat.participants) : null;
    const heldBy = isHolding ? viewer.id : flag.heldBy;
    const view = await asView(tx, viewer, { ...flag, heldBy }, chat, messages);
    const details = { flagId, from: messages?.[0]?.seq ?? 0, to: messages?.at(-1)?.seq ?? 0 };
    const about = { chatId: flag.chatId, personId: flag.personId, details };
    await audit(tx, moderator, ...claimed, { action: "flag.viewed", ...about });
    return view;
  });
}

async function asView(
  tx: Db,
  viewer: Pick<Viewer, "id">,
  row: FlagRow,
  chatRow: ChatRow,
  messages: CaseMessage[] | null,
): Promise<FlagView> {
  const { subject, status } = toChat(chatRow, "");
  const related = await relatedTo(tx, row);
  const names = await namesOf(tx, [row.personId, row.heldBy, row.decidedBy, row.appealedBy]);
  const nameOf = (id: string) => ({ id, name: names[id] ?? "" });
  const templates = await listTemplates(tx);
  const side = (role: string) => chatRow.participants.find((one) => one.role === role)?.name ?? "";
  const meant = { buyer: side("buyer"), seller: side("seller"), subject: subject.title };
  const { appealedBy, appeal } = row;
  return {
    flag: {
      ...row,
      isOfMessage: row.messageId !== null,
      openedAt: iso(row.openedAt),
      decider: row.decidedBy && nameOf(row.decidedBy).name,
      resolvedAt: row.resolvedAt && iso(row.resolvedAt),
    },
    chat: { id: row.chatId, status, subject },
    person: nameOf(row.personId),
    holder: row.heldBy
      ? { name: nameOf(row.heldBy).name, isViewer: row.heldBy === viewer.id }
      : null,
    isOwnDecision: row.isOwnDecision,
    messages,
    reports: await reportsOf(tx, row),
    people: await peopleOf(tx, row, chatRow),
    appeal:
      appealedBy && appeal !== null && related.appealed
        ? {
            text: appeal,
            by: nameOf(appealedBy),
            isByPerson: appealedBy === row.personId,
            of: related.appealed,
          }
        : null,
    appealedIn: related.appealedIn,
    steps: await stepsOfFlag(tx, row),
    choices: choicesOf(row, chatRow.private_thread !== null),
    templates: templates.map((one) => ({ ...one, body: fillTemplate(one.body, meant) })),
  };
}

/** The flag that this one appeals, and the appeal of this one. */
async function relatedTo(tx: Db, { id, appealOf }: FlagRow) {
  const rows = await tx.execute<{ is_appeal: boolean; found: Appealed }>(sql`
    select f.appeal_of is not distinct from ${id} as is_appeal, json_build_object('id', f.id,
      'outcome', f.outcome, 'statement', f.statement, 'isRedacted', f.is_redacted,
      'decider', u.name, 'resolvedAt', f.resolved_at) as found
    from flags f left join users u on u.id = f.decided_by
    where f.id = ${appealOf} or f.appeal_of = ${id}`);
  const appealed = rows.find(({ is_appeal }) => !is_appeal)?.found ?? null;
  return {
    appealed: appealed && {
      ...appealed,
      resolvedAt: appealed.resolvedAt && iso(appealed.resolvedAt),
    },
    appealedIn: rows.find(({ is_appeal }) => is_appeal)?.found.id ?? null,
  };
}

async function namesOf(tx: Db, ids: (string | null)[]): Promise<Record<string, string>> {
  const rows = await tx.execute<{ id: string; name: string }>(sql`
    select id, name from users where id = ${anyOf(ids.filter((id) => id !== null))}`);
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

const iso = (time: string) => new Date(time).toISOString();
