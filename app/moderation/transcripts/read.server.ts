import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { messageRows } from "./message-rows.server";
import type { MessageRow, PictureFacts } from "./records";
import type {
  Transcript,
  TranscriptAction,
  TranscriptDispute,
  TranscriptPerson,
  TranscriptVerdict,
} from "./transcript";

export type ChatFacts = Transcript["chat"] & { id: string; salt: string };
export type ThreadFacts = { chatId: string; disputeId: string; privateTo: string };
export type PersonRow = TranscriptPerson & {
  chatId: string;
  name: string;
  sharesReads: boolean;
  /** While one side blocks the other: how far the other side sees him. */
  whileBlocked: Pick<TranscriptPerson, "deliveredSeq" | "readSeq"> | null;
};
export type DisputeFacts = Omit<TranscriptDispute, "pictures"> & {
  pictures: PictureFacts[] | null;
};
export type ActionRow = TranscriptAction & { details: string };

/** All rows that a transcript is made of, as they were at one moment. */
export type TranscriptRows = {
  chat: ChatFacts;
  threads: ThreadFacts[];
  people: PersonRow[];
  disputes: DisputeFacts[];
  actions: ActionRow[];
  verdicts: TranscriptVerdict[];
  messages: MessageRow[];
};

type Kinds = {
  chat: ChatFacts;
  thread: ThreadFacts;
  person: PersonRow;
  dispute: DisputeFacts;
  action: ActionRow;
  verdict: TranscriptVerdict;
  message: MessageRow;
};
type Row = { [Kind in keyof Kinds]: { kind: Kind; row: Kinds[Kind] } }[keyof Kinds];

/** @returns null when there is no such chat; who may read it, the caller has found out */
export async function readTranscriptRows(tx: Db, chatId: string): Promise<TranscriptRows | null> {
  const rows = await selectRows(tx, { chatId });
  const ofKind = <Kind extends keyof Kinds>(kind: Kind) =>
    rows.filter((one) => one.kind === kind).map(({ row }) => row as Kinds[Kind]);
  const [chat] = ofKind("chat");
  if (!chat) return null;
  return {
    chat,
    threads: ofKind("thread"),
    people: ofKind("person"),
    disputes: ofKind("dispute"),
    actions: ofKind("action"),
    verdicts: ofKind("verdict"),
    messages: ofKind("message"),
  };
}

/**
 * As an array, of which PostgreSQL guesses that it is short: of what is in `of` it knows nothing, guesses
 * half of all chats, and reads every message that there is.
 */
const anyOfThem = sql`any(array(select id from of))`;

/** One statement, because several show several moments; many rows, because one would be too large. */
const selectRows = prepare<Row>(sql`
  with chat as (
    select c.*, subject.reference, subject.title, subject.price_amount, subject.price_currency,
      subject.stage
    from chats c join subjects subject on subject.id = c.subject_id
    where c.id = ${sql.placeholder("chatId")}
  ), thread as (
    select t.id, t.dispute_id, t.private_to from chats t join disputes d on d.id = t.dispute_id
    where d.chat_id = (select id from chat)
  ), of as (select id from chat union all select id from thread)
  select 'chat' as kind, json_build_object(
    'id', id, 'status', status, 'version', version, 'createdAt', created_at,
    'closedAt', closed_at, 'privateTo', private_to,
    'subject', json_build_object('reference', reference, 'title', title,
      'priceAmount', price_amount, 'priceCurrency', price_currency, 'stage', stage),
    'salt', (select transcript_salt from deployment)) as row from chat
  union all select 'thread', json_build_object(
    'chatId', id, 'disputeId', dispute_id, 'privateTo', private_to) from thread
  union all select 'person', json_build_object(
      'chatId', p.chat_id, 'id', p.user_id, 'name', u.name, 'role', p.role,
      'joinedAt', p.joined_at, 'leftAt', p.left_at, 'deliveredSeq', p.delivered_seq,
      'readSeq', p.read_seq, 'sharesReads', u.shares_reads,
      'whileBlocked', case when p.blocked_read_seq is not null then json_build_object(
        'deliveredSeq', p.blocked_delivered_seq, 'readSeq', p.blocked_read_seq) end)
    from chat_participants p join users u on u.id = p.user_id
    where p.chat_id = ${anyOfThem}
  union all select 'dispute', json_build_object(
      'id', d.id, 'status', d.status, 'openedAs', d.opened_as, 'openedBy', d.opened_by,
      'reason', d.reason, 'wish', d.wish, 'statement', d.statement, 'openedAt', d.opened_at,
      'outcome', d.outcome, 'decision', d.decision, 'resolvedAt', d.resolved_at,
      'appealOf', d.appeal_of, 'decidedBy', d.decided_by,
      'pictures', (select json_agg(json_build_object(
          'id', a.id, 'width', a.width, 'height', a.height, 'bytes', a.bytes,
          'sha256', a.sha256, 'alt', a.alt) order by a.position)
        from attachments a where a.dispute_id = d.id))
    from disputes d where d.chat_id = (select id from chat)
  union all select 'action', json_build_object(
      'entry', l.seq, 'chatId', l.chat_id, 'at', l.at, 'actorId', l.actor_id, 'actorRole', l.actor_role,
      'action', l.action, 'disputeId', l.dispute_id, 'personId', l.person_id,
      'details', l.details, 'hash', l.hash)
    from audit_log l where l.chat_id = ${anyOfThem}
  union all select 'verdict', json_build_object('seq', m.seq, 'version', v.version,
      'action', v.action, 'stage', v.stage, 'reasons', v.reasons)
    from chat_messages m join message_verdicts v on v.message_id = m.id
    where m.chat_id = (select id from chat)
  union all select 'message', to_json(x) from (
    ${messageRows(sql`m.chat_id = ${anyOfThem}`)}) x`);
