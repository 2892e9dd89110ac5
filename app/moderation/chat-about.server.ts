import { type SQL, sql } from "drizzle-orm";
import type { Stage } from "~/chats/system-event";

/** What a chat is about and whose it is, as `AboutRow`. Expects the joins of `aboutJoins`. */
export const aboutColumns: SQL = sql`
  subject.reference, subject.title, subject.picture, subject.stage, subject.price_amount,
  subject.price_currency,
  buyer.id as buyer_id, buyer.name as buyer_name, seller.id as seller_id, seller.name as seller_name`;

/** Expects the alias `c`. */
export const aboutJoins: SQL = sql`
  join subjects subject on subject.id = c.subject_id
  join users buyer on buyer.id = c.buyer_id
  join users seller on seller.id = subject.seller_id`;

/** Whether the subject or the name of a side has these words. */
export function namesMatch(q: string): SQL {
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(subject.title ilike ${pattern} or subject.reference ilike ${pattern}
    or buyer.name ilike ${pattern} or seller.name ilike ${pattern})`;
}

export type AboutRow = {
  reference: string;
  title: string;
  picture: string | null;
  stage: Stage;
  price_amount: number;
  price_currency: string;
  buyer_id: string;
  buyer_name: string;
  seller_id: string;
  seller_name: string;
};

export function toAbout(row: AboutRow) {
  return {
    subject: {
      reference: row.reference,
      title: row.title,
      picture: row.picture,
      stage: row.stage,
      priceAmount: row.price_amount,
      priceCurrency: row.price_currency,
    },
    buyer: { id: row.buyer_id, name: row.buyer_name },
    seller: { id: row.seller_id, name: row.seller_name },
  };
}
