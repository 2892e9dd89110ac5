import { asc, eq } from "drizzle-orm";
import { isSignedIn } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { lockStaged, takeStaged } from "~/attachments/staged.server";
import type { Db } from "~/db/client.server";
import { chatMessageVersions } from "~/db/schema";
import type { Settings } from "~/safety/settings";
import { filterSettings } from "~/safety/settings-cache.server";
import type { Verdict } from "~/safety/verdict";
import { countVerdict } from "~/safety/verdict-metrics.server";
import { append } from "./append.server";
import type { Chat } from "./chat";
import { findChatAsIs, lockChat } from "./clock.server";
import { tellCommitted } from "./committed.server";
import { filterWords, storeVerdict } from "./filtering.server";
import type { Message } from "./message";
import { findByClientId, findMessage } from "./messages.server";
import { whyNotPost } from "./permissions";
import type { Sent } from "./send.server";
import type { Draft, SentChange } from "./sent-change.server";

/** What a draft gets without being stored, or the chat that it may be stored in. */
type Admission = { sent: Sent | null } | { chat: Chat };

/**
 * Answers a repeat, a refusal and a stranger, who need no lock: what is said was true when it was
 * read.
 *
 * @param type of a message whose pictures are still to come
 * @returns undefined for a message that is to be stored
 */
export async function answerUnstored(
  db: Db,
  viewer: Viewer,
  draft: Draft,
  type: MessageType = typeOf(draft),
) {
  const admission = await admit(db, viewer, draft, type, findChatAsIs);
  return "sent" in admission ? admission : undefined;
}

/**
 * Sends one message in a transaction of its own, which locks first and reads then, and so judges
 * every case as it is at that moment, and what the message says with it. The batch leaves to it what
 * is not plain.
 */
export async function sendAlone(db: Db, viewer: Viewer, draft: Draft): Promise<Sent | null> {
  const settings = await filterSettings(db);
  const stored = await db.transaction((tx) => store(tx, viewer, draft, settings));
  if (stored.change) tellCommitted(db, [stored.change]);
  return told(db, stored);
}

/** The same within an outer transaction, whose commit is its caller's affair. */
export async function sendWithin(tx: Db, viewer: Viewer, draft: Draft): Promise<Sent | null> {
  const settings = await filterSettings(tx);
  return told(tx, await tx.transaction((savepoint) => store(savepoint, viewer, draft, settings)));
}

function told(db: Db, { sent, verdict }: StoredAlone): Sent | null {
  const isSent = sent !== null && "message" in sent;
  if (verdict) countVerdict(db, verdict, isSent);
  return sent;
}

type StoredAlone = { sent: Sent | null; change?: SentChange; verdict?: Verdict };

async function store(
  tx: Db,
  viewer: Viewer,
  draft: Draft,
  settings: Settings,
): Promise<StoredAlone> {
  const type = typeOf(draft);
  const admission = await admit(tx, viewer, draft, type, lockChat);
  if ("sent" in admission) return admission;
  const { clientId, body, replyTo, pictures = [], confirm } = draft;
  const { chat } = admission;
  const { id: chatId, participants } = chat;
  if (type === "image" && !(await lockStaged(tx, viewer, chatId, pictures))) {
    return { sent: { refused: "pictureGone" } };
  }
  const words = { text: wordsOf(draft), confirm };
  const verdict = await filterWords(tx, viewer, chat, words, settings);
  if ("refused" in verdict) return { sent: verdict, verdict: verdict.verdict };
  const fields = { senderId: viewer.id, clientId, type, body: body || null, replyTo };
  const { id, seq, version, xid } = await append(tx, chat, fields, viewer.id);
  if (type === "image") await takeStaged(tx, { messageId: id }, pictures);
  await storeVerdict(tx, chat, verdict, { id, seq, version, senderId: viewer.id });
  const message = await findMessage(tx, chatId, seq);
  if (!message) throw new Error("The message that was just stored is gone");
  const change = {
    event: "message.created",
    chatId,
    version,
    xid: BigInt(xid),
    data: { chatId, version, message },
    seq,
    from: viewer.id,
    writtenAt: Date.parse(message.createdAt),
    userIds: participants.map((participant) => participant.id),
  };
  return { sent: { message, repeated: false }, change, verdict };
}

/** What pictures are said to show is read as the message is. */
function wordsOf({ body, pictures = [] }: Draft): string {
  return [body, ...pictures.map(({ alt }) => alt)].filter(Boolean).join("\n");
}

type MessageType = "text" | "image";

const typeOf = ({ pictures }: Draft): MessageType => (pictures?.length ? "image" : "text");

async function admit(
  db: Db,
  viewer: Viewer,
  draft: Draft,
  type: MessageType,
  find: typeof findChatAsIs,
): Promise<Admission> {
  const { chatId, clientId, replyTo } = draft;
  if (!(await isSignedIn(db, viewer))) return { sent: { refused: "signedOut" } };
  const chat = await find(db, viewer, chatId);
  if (!chat) return { sent: null };
  const earlier = await findByClientId(db, chatId, viewer.id, clientId);
  if (earlier) {
    const same = earlier.type === type && (await saysTheSame(db, earlier, draft));
    return { sent: same ? { message: earlier, repeated: true } : { refused: "clientIdReused" } };
  }
  const refused = whyNotPost(viewer, chat);
  if (refused) return { sent: { refused } };
  if (replyTo && replyTo > chat.lastSeq) return { sent: { refused: "replyUnknown" } };
  return { chat };
}

/** The pictures are not compared: those of a repeat are other uploads of the same files. */
async function saysTheSame(db: Db, earlier: Message, { body, replyTo }: Draft): Promise<boolean> {
  if (earlier.replyTo !== (replyTo ?? null)) return false;
  return (await firstBody(db, earlier)) === (body || null);
}

/** What a message said at first: edits and unsending keep it. */
async function firstBody(db: Db, message: Message): Promise<string | null> {
  const [first] = await db
    .select({ body: chatMessageVersions.body })
    .from(chatMessageVersions)
    .where(eq(chatMessageVersions.messageId, message.id))
    .orderBy(asc(chatMessageVersions.version))
    .limit(1);
  return first ? first.body : message.body;
}
