import type { Viewer } from "~/accounts/viewer";
import type { StagedPicture } from "~/attachments/staged.server";
import type { CommittedChange } from "~/live/change";
import type { MessageDraft } from "./drafts";
import { type Message, type ParticipantRole, toMessage } from "./message";

/** With `pictures`, the body may be empty. */
export type Draft = MessageDraft & { chatId: string; pictures?: readonly StagedPicture[] };

/** A message to store; `id` is what it will have. */
export type Asked = { id: string; viewer: Viewer; draft: Draft };

/** What is needed of `Asked` to tell of it. */
type Plain = { id: string; viewer: Pick<Viewer, "id">; draft: Draft };

/** How long messages wait for one chat that another transaction holds, in ms. */
export const lockWaitMs = 250;

/** What only the database knows of a message that it stored. */
export type Stored = {
  xid: string;
  seq: number;
  version: number;
  /** In ms since 1970. */
  createdAt: number;
  role: ParticipantRole;
  name: string;
  sharesReads: boolean;
  userIds: string[];
};

/** A message that was committed. */
export type SentChange = CommittedChange & {
  data: { chatId: string; version: number; message: Message };
};

/** What was stored is what was asked for, with what only the database knows. */
export function toSentChange({ id, viewer, draft }: Plain, row: Stored): SentChange {
  const { chatId } = draft;
  const { seq, version } = row;
  const message = toMessage({
    id,
    chat_id: chatId,
    seq,
    created_version: version,
    version,
    client_id: draft.clientId,
    sender_id: viewer.id,
    sender_name: row.name,
    sender_role: row.role,
    type: "text",
    body: draft.body,
    event: null,
    attachments: null,
    reply_to: draft.replyTo ?? null,
    created_at: new Date(row.createdAt).toISOString(),
    edited_at: null,
    deleted_at: null,
    is_redacted: false,
  });
  return {
    event: "message.created",
    chatId,
    version,
    xid: BigInt(row.xid),
    data: { chatId, version, message },
    seq,
    from: viewer.id,
    writtenAt: row.createdAt,
    sharesReads: row.sharesReads,
    userIds: row.userIds,
  };
}
