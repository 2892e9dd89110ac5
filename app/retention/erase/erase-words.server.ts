import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { type Erasing, leftOf } from "./erasing";
import type { Whose } from "./masks";

/** Where somebody's own words stand outside of messages, and those of others about him. */
type Place = {
  table: string;
  column: string;
  /** Whose the words are, of a row `x`. */
  whose: SQL<Whose>;
  /** Rows that can be about him. */
  where: SQL;
};

/** Takes somebody out of the words of cases, flags, reports, sanctions, holds and listings. */
export async function eraseFromWords(db: Db, erasing: Erasing): Promise<void> {
  for (const place of placesOf(erasing.userId)) await eraseAt(db, erasing, place);
}

/** And of what pictures show: after the messages, which hashed to it. */
export async function eraseFromPictureTexts(db: Db, erasing: Erasing): Promise<void> {
  const { userId } = erasing;
  await eraseAt(db, erasing, {
    ...{ table: "attachments", column: "alt" },
    whose: sql<Whose>`case when x.uploader_id = ${userId} then 'own' else 'others' end`,
    where: sql`x.chat_id in (select chat_id from chat_participants where user_id = ${userId})`,
  });
}

function placesOf(userId: string): Place[] {
  const chats = sql`(select chat_id from chat_participants where user_id = ${userId})`;
  const disputes = sql`(select id from disputes where chat_id in ${chats})`;
  const flags = sql`(select id from flags where person_id = ${userId} or chat_id in ${chats})`;
  const ownIf = (isHis: SQL, other: Whose) =>
    sql<Whose>`case when ${isHis} then 'own' else ${other} end`;
  const staff = sql<Whose>`'staff'`;
  const ofDispute = sql`x.id in ${disputes}`;
  const ofFlag = sql`x.id in ${flags}`;
  const ofSanction = sql`x.user_id = ${userId} or x.dispute_id in ${disputes} or x.flag_id in ${flags}`;
  const ofHold = sql`x.user_id = ${userId} or x.chat_id in ${chats}`;
  const ofSubject = sql`x.seller_id = ${userId}`;
  const isOpener = sql`x.opened_by = ${userId}`;
  const others = sql`x.opened_as in ('buyer', 'seller')`;
  const statement = sql<Whose>`case when ${isOpener} and ${others} then 'own'
    when ${others} then 'others' else 'staff' end`;
  return [
    { table: "disputes", column: "statement", whose: statement, where: ofDispute },
    { table: "disputes", column: "decision", whose: staff, where: ofDispute },
    {
      ...{ table: "dispute_notes", column: "body", whose: staff },
      where: sql`x.dispute_id in ${disputes}`,
    },
    { table: "flags", column: "statement", whose: staff, where: ofFlag },
    {
      ...{
        table: "flags",
        column: "appeal",
        whose: ownIf(sql`x.appealed_by = ${userId}`, "others"),
      },
      where: ofFlag,
    },
    {
      ...{
        table: "reports",
        column: "note",
        whose: ownIf(sql`x.reporter_id = ${userId}`, "others"),
      },
      where: sql`x.reporter_id = ${userId} or x.flag_id in ${flags}`,
    },
    { table: "sanctions", column: "reason", whose: staff, where: ofSanction },
    {
      ...{
        table: "sanctions",
        column: "appeal",
        whose: ownIf(sql`x.user_id = ${userId}`, "others"),
      },
      where: ofSanction,
    },
    { table: "sanctions", column: "appeal_answer", whose: staff, where: ofSanction },
    { table: "sanctions", column: "lift_reason", whose: staff, where: ofSanction },
    { table: "legal_holds", column: "reason", whose: staff, where: ofHold },
    { table: "legal_holds", column: "lift_reason", whose: staff, where: ofHold },
    // What is sold is the marketplace's: only who sells it goes.
    { table: "subjects", column: "title", whose: staff, where: ofSubject },
    { table: "subjects", column: "description", whose: staff, where: ofSubject },
  ];
}

async function eraseAt(db: Db, erasing: Erasing, { table, column, ...of }: Place): Promise<void> {
  const [from, name] = [sql.raw(`"${table}"`), sql.raw(`"${column}"`)];
  const rows = await db.execute<{ id: string; text: string; whose: Whose }>(sql`
    select x.id, x.${name} as text, ${of.whose} as whose from ${from} x
    where x.${name} is not null and x.${name} <> '' and (${of.where})`);
  for (const { id, text, whose } of rows) {
    const left = leftOf(erasing, whose, text);
    if (left === text) continue;
    // What was written over it meanwhile is looked at by the next attempt.
    await db.execute(
      sql`update ${from} x set ${name} = ${left} where x.id = ${id} and x.${name} = ${text}`,
    );
  }
}
