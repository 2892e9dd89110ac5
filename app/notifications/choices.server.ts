import { eq, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { notificationChoices, users } from "~/db/schema";
import { notify } from "~/live/notify.server";
import { type ChoiceKind, type Choices, type ChoicesDraft, defaultChoices } from "./choices";

type Row = typeof notificationChoices.$inferSelect;

/** What a person chose, or what holds for who chose nothing. */
export async function readChoices(db: Db, userId: string): Promise<Choices> {
  const [row] = await db
    .select()
    .from(notificationChoices)
    .where(eq(notificationChoices.userId, userId));
  return row ? choicesOf(row) : defaultChoices;
}

function choicesOf(row: Row): Choices {
  const { quietFrom, quietTo, timeZone } = row;
  const isQuiet = quietFrom !== null && quietTo !== null && timeZone !== null;
  return {
    // A kind that is newer than the row is as for who chose nothing.
    byKind: { ...defaultChoices.byKind, ...row.byKind },
    pushContent: row.pushContent,
    mailContent: row.mailContent,
    hasSound: row.hasSound,
    quiet: isQuiet ? { from: quietFrom, to: quietTo, timeZone } : null,
    timeZone,
    locale: row.locale,
  };
}

/** Holds from the commit on, also for what waits to be told; his open pages follow. */
export async function saveChoices(
  db: Db,
  viewer: Pick<Viewer, "id">,
  draft: ChoicesDraft,
): Promise<void> {
  await db.transaction(async (tx) => {
    const set = { ...columnsOf(draft), updatedAt: sql`now()` };
    await tx
      .insert(notificationChoices)
      .values({ userId: viewer.id, ...set })
      .onConflictDoUpdate({ target: notificationChoices.userId, set });
    await notify(tx, [{ kind: "person-changed", userId: viewer.id }]);
  });
}

/**
 * Turns mail of one kind on or off, whatever else is being chosen meanwhile.
 *
 * @returns null where there is no such person
 */
export async function chooseMail(
  db: Db,
  { userId, kind }: { userId: string; kind: ChoiceKind },
  isOn: boolean,
): Promise<true | null> {
  const byKind = notificationChoices.byKind;
  return db.transaction(async (tx) => {
    const [person] = await tx.select({ id: users.id }).from(users).where(eq(users.id, userId));
    if (!person) return null;
    const chosen = { ...defaultChoices.byKind[kind], mail: isOn };
    await tx
      .insert(notificationChoices)
      .values({
        userId,
        ...columnsOf({ ...defaultChoices, byKind: { ...defaultChoices.byKind, [kind]: chosen } }),
      })
      .onConflictDoUpdate({
        target: notificationChoices.userId,
        set: {
          byKind: sql`${byKind} || jsonb_build_object(${kind}::text,
            coalesce(${byKind} -> ${kind}, ${JSON.stringify(chosen)}::text::jsonb)
              || jsonb_build_object('mail', ${isOn}::boolean))`,
          updatedAt: sql`now()`,
        },
      });
    await notify(tx, [{ kind: "person-changed", userId }]);
    return true;
  });
}

/**
 * Keeps in which language and time zone a person reads, as his browser says when he signs in. Quiet
 * hours stay in the zone that they were chosen in.
 */
export async function keepLanguage(
  db: Db,
  userId: string,
  { locale, timeZone }: { locale: string; timeZone: string | null },
): Promise<void> {
  await db
    .insert(notificationChoices)
    .values({ userId, ...columnsOf(defaultChoices), locale, timeZone })
    .onConflictDoUpdate({
      target: notificationChoices.userId,
      set: {
        locale,
        timeZone: sql`case when ${notificationChoices.quietFrom} is null
          then coalesce(${timeZone}, ${notificationChoices.timeZone})
          else ${notificationChoices.timeZone} end`,
      },
    });
}

function columnsOf({ byKind, pushContent, mailContent, hasSound, quiet, timeZone }: ChoicesDraft) {
  return {
    byKind,
    pushContent,
    mailContent,
    hasSound,
    quietFrom: quiet?.from ?? null,
    quietTo: quiet?.to ?? null,
    timeZone: quiet?.timeZone ?? timeZone,
  };
}
