import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { notify } from "~/live/notify.server";

/** Has all open pages read again that show what somebody is called: his own, and of those in his chats. */
export async function tellOfPerson(tx: Db, userId: string): Promise<void> {
  const others = await tx.execute<{ id: string }>(sql`
    select distinct p.user_id as id
    from chat_participants own
    join chat_participants p on p.chat_id = own.chat_id and p.left_at is null
    where own.user_id = ${userId} and p.user_id <> ${userId}`);
  await notify(
    tx,
    [{ id: userId }, ...others].map(({ id }) => ({ kind: "person-changed", userId: id })),
  );
}
