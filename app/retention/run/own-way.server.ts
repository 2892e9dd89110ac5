import { mailWay } from "~/notifications/mail/mail-way.server";
import { mailFolder } from "~/notifications/mail/own-mailer.server";
import { environment } from "~/operations/environment.server";
import { openStorage } from "~/storage/open.server";
import { archiveChat } from "../archive/archive.server";
import { listLeft, resumeArchive } from "../archive/resume.server";
import { closeIdle } from "../close-idle.server";
import { deleteChat } from "../delete/delete.server";
import { goOnErasing } from "../erase/erase-job.server";
import type { EraseMeans } from "../erase/erase-person.server";
import type { Going } from "./go-on.server";
import type { Work } from "./work";

const nothing = { messages: 0, bytes: 0 };

/** What runs do in the program. */
export const work: Work = {
  close: async (db, _, chatId, now) => ({
    outcome: await closeIdle(db, chatId, now),
    ...nothing,
  }),
  archive: archiveChat,
  delete: deleteChat,
  resume: resumeArchive,
  listLeft,
  erase: goOnErasing,
};

let storage: ReturnType<typeof openStorage> | undefined;

/** How a run is done by this process: with the storage, the secret and the share that are set. */
export function ownWay(): Pick<Going, "work" | "share"> & { means: EraseMeans } {
  const settings = environment();
  storage ??= openStorage(settings.storage, settings);
  const { sessionSecret: secret, publicUrl, retentionWorkPercent: share } = settings;
  const folder = mailWay(settings) === "folder" ? mailFolder(settings) : null;
  const means = { storage, secret, operator: publicUrl?.origin ?? null, mailFolder: folder };
  return { means, work, share };
}
