import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { onCommitted } from "~/chats/committed.server";
import type { SentChange } from "~/chats/sent-change.server";
import type { Db } from "~/db/client.server";
import type { CommittedChange } from "~/live/change";
import { filterSettings } from "../settings-cache.server";
import { findBulk, type Printed } from "./finding.server";
import { flagBulk } from "./flagging.server";
import { printOf } from "./print";

/** More in a second are not looked at: what is needed to find somebody is sent again and again. */
const mostWaiting = 1_000;
/** So many prints are made in about a millisecond; then others have their turn. */
const printsInATurn = 50;

type Sent = { messageId: string; chatId: string; senderId: string; isHis: boolean; body: string };

export type Gathering = {
  /** Looks at what was sent since the last time. Not to be called while one is under way. */
  flush(): Promise<void>;
  stop(): void;
};

/**
 * Finds who sends the same text to many people. It learns of what this process sent after that is
 * committed, only remembers it then, and looks at it when it is told to: no send waits for any of it,
 * and what a process that dies had not looked at is missed.
 */
export function gatherPrints(pool: Db): Gathering {
  let waiting: Sent[] = [];
  const stop = onCommitted(pool, (changes) => {
    for (const change of changes) {
      const sent = waiting.length < mostWaiting && sentOf(change);
      if (sent) waiting.push(sent);
    }
  });
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    if (!batch.length) return;
    const { bulk } = (await filterSettings(pool)).filters;
    if (!bulk.isOn) return;
    const printed = await printAll(batch);
    if (!printed.length) return;
    await remember(pool, printed);
    for (const found of await findBulk(pool, printed, bulk.strength)) {
      await flagBulk(pool, found, bulk.actions);
    }
  };
  return { flush, stop };
}

function sentOf(change: CommittedChange): Sent | null {
  if (change.event !== "message.created") return null;
  const { message } = (change as SentChange).data;
  const { id: messageId, chatId, sender, body } = message;
  if (!body || !sender || sender.role === "moderator") return null;
  return { messageId, chatId, senderId: sender.id, isHis: sender.role === "buyer", body };
}

async function printAll(batch: Sent[]): Promise<Printed[]> {
  const printed: Printed[] = [];
  for (const [at, { body, ...sent }] of batch.entries()) {
    if (at % printsInATurn === 0) await nextTurn();
    const print = printOf(body);
    // Short answers never count (`isTooMany`), and they are most of what is said.
    if (print && (sent.isHis || print.isCall)) printed.push({ ...sent, ...print });
  }
  return printed;
}

/** That it is lost with the server would not matter, so nobody waits until it is on the disk. */
async function remember(pool: Db, printed: Printed[]): Promise<void> {
  const rows = printed.map(({ messageId, chatId, senderId, print }) => ({
    message_id: messageId,
    chat_id: chatId,
    sender_id: senderId,
    print: String(print),
  }));
  await pool.execute(sql`
    insert into message_prints (message_id, chat_id, sender_id, print)
    select t.message_id, t.chat_id, t.sender_id, t.print
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as t(message_id uuid, chat_id uuid, sender_id uuid, print bigint)
    join chats c on c.id = t.chat_id and c.dispute_id is null
    where (select set_config('synchronous_commit', 'off', true)) is not null
    on conflict do nothing`);
}
