import type { Viewer } from "~/accounts/viewer";
import type { Attachment } from "~/attachments/attachment";
import { findChat } from "~/chats/clock.server";
import { may } from "~/chats/permissions";
import type { Db } from "~/db/client.server";
import { findArchivedMessage, findArchivedPlace } from "~/retention/archive/archived-page.server";
import type { Storage } from "~/storage/storage";
import { findEarlier } from "./file-report.server";
import type { Pointed } from "./report";
import { type Finder, findReported, type NotReportable } from "./reported.server";

export type ReportView = {
  chatId: string;
  subject: string;
  /** The other side. */
  person: string;
  /** What is reported of him, as the viewer sees it in the chat now; null for the person himself. */
  message: {
    seq: number;
    body: string | null;
    isGone: boolean;
    createdAt: string;
    attachments: Attachment[];
  } | null;
  /** He can shut the other out as well, and does not yet. */
  mayBlock: boolean;
  /** He reported it already: what became of it stands among his reports. */
  earlier: { id: string; isDecided: boolean } | null;
};

/**
 * What somebody is about to report.
 *
 * @returns null when there is no such chat, message or picture for this viewer
 * @throws ArchiveDamaged and StorageError where it is archived and cannot be read
 */
export async function readReportPage(
  db: Db,
  storage: Storage,
  viewer: Viewer,
  chatId: string,
  pointed: Pointed,
): Promise<ReportView | NotReportable | null> {
  const chat = await findChat(db, viewer, chatId);
  const find = chat?.status === "archived" ? inArchive(storage) : undefined;
  const reported = chat && (await findReported(db, viewer, chat, pointed, find));
  if (!reported || "refused" in reported) return reported;
  const { person, message } = reported;
  const earlier = await findEarlier(db, viewer, { chatId, ...reported });
  return {
    chatId,
    subject: chat.subject.title,
    person: person.name,
    message: message && {
      seq: message.seq,
      body: message.body,
      isGone: message.deletedAt !== null,
      createdAt: message.createdAt,
      attachments: message.attachments,
    },
    mayBlock: may.block(viewer, chat) && !chat.isBlocked,
    earlier: earlier && { id: earlier.id, isDecided: earlier.is_decided },
  };
}

const inArchive = (storage: Storage): Finder => ({
  message: (db, chatId, seq) => findArchivedMessage(db, storage, chatId, seq),
  placeOf: (db, chatId, picture) => findArchivedPlace(db, storage, chatId, picture),
});
