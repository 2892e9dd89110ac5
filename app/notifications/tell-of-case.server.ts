import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Chat } from "~/chats/chat";
import type { SystemEvent } from "~/chats/system-event";
import type { Db } from "~/db/client.server";
import { notifications } from "~/db/schema";
import type { CaseNews } from "./notification";
import { raiseNotifications } from "./raise.server";

const newsOf: Partial<Record<SystemEvent["kind"], CaseNews>> = {
  dispute_opened: "opened",
  dispute_in_review: "taken",
  dispute_decided: "decided",
  dispute_appealed: "appealed",
  dispute_withdrawn: "withdrawn",
};

/** Both would be told of every turn of it otherwise: once is news, until it was read. */
const toldOnce: readonly CaseNews[] = ["taken", "asked"];

/**
 * Tells the sides of a locked chat's case what became of it, but not who did it himself.
 *
 * @param event as the chat says it; most say nothing of a case
 */
export async function tellOfCaseEvent(
  tx: Db,
  chat: Pick<Chat, "id" | "participants">,
  event: SystemEvent,
  actorId?: string,
): Promise<void> {
  const what = newsOf[event.kind];
  if (!what) return;
  const sides = chat.participants.filter(({ id, role }) => role !== "moderator" && id !== actorId);
  const people = sides.map(({ id }) => id);
  await tellOfCase(tx, { caseChatId: chat.id, chatId: chat.id, what, people });
}

/** Tells the side that a private thread is with, or both, that a moderator asked something. */
export async function tellOfQuestion(
  tx: Db,
  caseChatId: string,
  { id: chatId, participants }: Pick<Chat, "id" | "participants">,
): Promise<void> {
  const sides = participants.filter(({ role }) => role !== "moderator");
  const people = sides.map(({ id }) => id);
  await tellOfCase(tx, { caseChatId, chatId, what: "asked", people });
}

type News = { caseChatId: string; chatId: string; what: CaseNews; people: string[] };

async function tellOfCase(tx: Db, { caseChatId, chatId, what, people }: News): Promise<void> {
  const [latest] = await tx.execute<{ subject_id: string; is_appeal: boolean }>(sql`
    select coalesce(appeal_of, id) as subject_id, appeal_of is not null as is_appeal
    from disputes where chat_id = ${caseChatId} order by opened_at desc, id desc limit 1`);
  if (!latest) throw new Error("News of a case that is not there");
  const subjectId = latest.subject_id;
  const told = toldOnce.includes(what) ? await unreadOf(tx, people, subjectId, what) : [];
  const data = { what: what === "decided" && latest.is_appeal ? "appealDecided" : what, chatId };
  await raiseNotifications(
    tx,
    people
      .filter((userId) => !told.includes(userId))
      .map((userId) => ({ userId, kind: "case", subjectId, data })),
  );
}

/** Which of these have the same news of the case and did not read it yet. */
async function unreadOf(tx: Db, people: string[], subjectId: string, what: CaseNews) {
  const rows = await tx
    .select({ userId: notifications.userId })
    .from(notifications)
    .where(
      and(
        inArray(notifications.userId, people),
        eq(notifications.kind, "case"),
        eq(notifications.subjectId, subjectId),
        isNull(notifications.readAt),
        sql`${notifications.data} ->> 'what' = ${what}`,
      ),
    );
  return rows.map(({ userId }) => userId);
}
