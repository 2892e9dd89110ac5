import postgres from "postgres";
import { addHistory } from "./bulk.ts";

type OldChats = {
  /** How many are due; a fourth as many that are not lie between them. */
  due: number;
  messagesOfChat: number;
  say(line: string): void;
};

/** Adds chats that were closed so long ago that they are to be archived, and others that go on. */
export async function addOldChats(url: string, { due, messagesOfChat, say }: OldChats) {
  let toldAt = 0;
  await addHistory(url, {
    chats: (due * 5) / 4,
    messagesOfChat,
    onProgress: (messages, what) => {
      if (what === "messages" && performance.now() - toldAt < 10_000) return;
      toldAt = performance.now();
      say(`${messages.toLocaleString("en")} messages: ${what}`);
    },
  });
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`update chats set status = 'closed', closed_at = now() - interval '13 months'
    from subjects s
    where s.id = chats.subject_id and s.reference like 'O-%' and right(s.reference, -2)::int % 5 <> 0`;
  await sql`vacuum analyze`;
  await sql.end();
}
