/** A message as the peers hand it out: a subset of Parley's. */
export type PeerMessage = {
  id: string;
  chatId: string;
  seq: number;
  clientId: string;
  senderId: string;
  body: string;
  createdAt: string;
};

export type PeerDraft = Pick<PeerMessage, "chatId" | "senderId" | "clientId" | "body">;

/**
 * The durable insert of all peers, in one statement: the chat's counters and the message, in
 * Parley's own tables with all their indexes and checks. It knows no session, no positions, no
 * repeat (a client id that was used fails), so it is the least that a chat can do. What is
 * to be known of `stored` follows it.
 *
 * Parameters: id, chat id, sender id, client id, body.
 */
export const insertMessage = `
  with chat as (
    update chats
    set last_seq = last_seq + 1, version = version + 1, last_message_at = clock_timestamp()
    where id = $2::uuid and status = 'open'
    returning id, last_seq, version
  ), stored as (
    insert into chat_messages
      (id, chat_id, seq, version, created_version, sender_id, client_id, type, body, created_at)
    select $1::uuid, id, last_seq, version, version, $3::uuid, $4::uuid, 'text', $5::text,
      clock_timestamp()
    from chat
    returning seq::int, created_at
  )`;
