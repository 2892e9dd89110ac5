import { eq, sql } from "drizzle-orm";
import { lockPeople } from "~/accounts/lock-people.server";
import { endSessionsOf } from "~/accounts/sessions.server";
import { tellOfPerson } from "~/chats/tell-of-person.server";
import type { Db } from "~/db/client.server";
import type { Provided } from "~/db/provided.server";
import { users } from "~/db/schema";
import { notify } from "~/live/notify.server";
import { type AuditEntry, audit } from "~/moderation/audit/audit.server";
import { toHostUser } from "./find-user.server";
import type { Host } from "./host";
import type { HostUser } from "./user";
import type { UserInput, UserPatch } from "./user-input.server";

/** `staff`: the person moderates here, which is no affair of the host's. */
export type Saved = { user: HostUser; created: boolean } | { refused: "staff" };

/**
 * How a person is changed.
 *
 * @property saidAt when the host said so, to the second, where it was earlier: in a link. What it said of
 *   the person since then stays.
 */
type Said = { provided?: Provided; saidAt?: Date | undefined };

/**
 * Makes somebody who comes from the host, or changes what is known of him: as often and by as many at
 * once as it is said, it is one person.
 */
export function saveUser(
  db: Db,
  host: Host,
  { externalId, ...said }: UserInput,
  { saidAt }: Pick<Said, "saidAt"> = {},
): Promise<Saved> {
  return db.transaction(async (tx) => {
    for (;;) {
      const [made] = await tx
        .insert(users)
        .values({
          ...fieldsOf(said),
          name: said.name,
          externalId,
          hostSaidAt: saidAt ?? thisSecond,
        })
        .onConflictDoNothing({ target: users.externalId })
        .returning();
      if (made) {
        await audit(tx, host, { action: "user.created", personId: made.id });
        return { user: toHostUser(made), created: true };
      }
      const known = await tx.query.users.findFirst({ where: eq(users.externalId, externalId) });
      if (known && known.role !== "user") return { refused: "staff" };
      const user = known && (await change(tx, host, known.id, said, { saidAt }));
      if (user) return { user, created: false };
      // Erased, or made staff, between the two looks: look again.
    }
  });
}

/** @returns null when there is no such person, or he did not come from the host, or is staff here */
export function changeUser(
  db: Db,
  host: Host,
  id: string,
  patch: UserPatch,
  how: Said = {},
): Promise<HostUser | null> {
  return db.transaction((tx) => change(tx, host, id, patch, how));
}

async function change(
  tx: Db,
  host: Host,
  id: string,
  patch: UserPatch,
  { provided, saidAt }: Said,
): Promise<HostUser | null> {
  await lockPeople(tx, [id]);
  // After the lock: before it somebody else may have been changing him.
  const was = await tx.query.users.findFirst({ where: eq(users.id, id) });
  if (!was?.externalId || was.role !== "user" || was.erasedAt) return null;
  await provided?.(tx);
  const { isSuspended, ...rest } = patch;
  const isOutdated = saidAt && was.hostSaidAt && saidAt < was.hostSaidAt;
  const said = isOutdated ? {} : rest;
  const wasSuspended = was.hostSuspendedAt !== null;
  const isMoved = isSuspended !== undefined && isSuspended !== wasSuspended;
  const isOther = ([name, value]: [string, unknown]) =>
    value !== undefined && value !== was[name as keyof typeof rest];
  const changed = Object.fromEntries(Object.entries(said).filter(isOther));
  const fields = Object.keys(changed);
  // To say again what is known is to say it later: a name that was changed there and back stays.
  const isSaid = Object.values(said).some((value) => value !== undefined);
  if (!isMoved && !isSaid) return toHostUser(was);
  const [is] = await tx
    .update(users)
    .set({
      ...changed,
      ...(isSaid && { hostSaidAt: saidAt ?? thisSecond }),
      ...(isMoved && fieldsOf({ isSuspended })),
    })
    .where(eq(users.id, id))
    .returning();
  if (!is) throw new Error("The person who was locked is gone");
  if (fields.includes("name")) await tellOfPerson(tx, id);
  if (isMoved && isSuspended) await endSessionsOf(tx, id);
  else if (isMoved) await notify(tx, [{ kind: "person-changed", userId: id }]);
  const entries: AuditEntry[] = [];
  // What it was and is now does not stand there: nobody could be erased from the log.
  const details = { fields: fields.sort().join(",") };
  if (fields.length) entries.push({ action: "user.changed", personId: id, details });
  const moved = isSuspended ? ("user.suspended" as const) : ("user.reinstated" as const);
  if (isMoved) entries.push({ action: moved, personId: id });
  await audit(tx, host, ...entries);
  return toHostUser(is);
}

/** As exactly as links say it: of two of the same second the one that comes later counts. */
const thisSecond = sql`date_trunc('second', clock_timestamp())`;

function fieldsOf({ isSuspended, ...said }: UserPatch) {
  const at = isSuspended ? sql`clock_timestamp()` : null;
  return { ...said, ...(isSuspended !== undefined && { hostSuspendedAt: at }) };
}
