import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { objectKeys } from "~/attachments/attachment";
import type { Db } from "~/db/client.server";
import { ownCopyOf } from "~/moderation/transcripts/export.server";
import { jsonFile } from "~/moderation/transcripts/json-file";
import { readTranscriptRows } from "~/moderation/transcripts/read.server";
import { signingKey } from "~/moderation/transcripts/signing-keys.server";
import { readChoices } from "~/notifications/choices.server";
import { mailLanguage } from "~/notifications/mail/mail-language.server";
import { log } from "~/operations/log.server";
import { withArchived } from "../archive/archived-transcript.server";
import { ArchiveDamaged, type Means } from "../means";
import { readOwnData } from "./own-data.server";

type Asked = { userId: string; now: Date };
type Chat = { id: string; role: "buyer" | "seller" };
type Picture = { id: string; file: string };

/** A picture that comes with its file missing; the storage should have it. */
const nothing = () => Readable.from([]);

/**
 * All data of a person as a ZIP. Nothing of it is made before it is read: neither the chats nor the
 * pictures have to fit into memory, one at a time apart.
 */
export async function makeExport(db: Db, { userId, now }: Asked, means: Means): Promise<Readable> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on("error", (error) => output.destroy(error));
  const data = await readOwnData(db, userId);
  const text = (name: string, content: string) =>
    zip.addBuffer(Buffer.from(content), name, { mtime: now });
  const lazily = (name: string, compress: boolean, read: () => Promise<Readable>) =>
    zip.addReadStreamLazy(name, { mtime: now, compress }, (done) => {
      read().then(
        (stream) => {
          // Nobody reads on where the file could not be stored.
          output.once("close", () => stream.destroy());
          done(null, stream);
        },
        (error) => done(error, nothing()),
      );
    });
  const { locale, timeZone } = await readChoices(db, userId);
  const { t } = mailLanguage(locale, timeZone);
  text("README.txt", t("ownData.readme", { at: now.toISOString() }));
  for (const [name, found] of Object.entries(data)) {
    text(`${name}.json`, `${JSON.stringify(found, null, 2)}\n`);
  }
  for (const chat of data.chats as Chat[]) {
    lazily(`chats/${chat.id}.json`, true, () => readChat(db, { ...chat, userId, now }, means));
  }
  for (const { id, file } of data.pictures as Picture[]) {
    lazily(file, false, async () => {
      const object = await means.storage.get(objectKeys(id).full);
      return object?.stream ?? nothing();
    });
  }
  zip.end();
  return output;
}

/** One's own copy of a chat, signed as every transcript is. */
async function readChat(
  db: Db,
  { id, role, userId, now }: Chat & Asked,
  { storage, secret, operator }: Means,
): Promise<Readable> {
  const read = await readTranscriptRows(db, id);
  if (!read) return nothing();
  const rows = await withArchived(db, storage, read).catch((error) => {
    if (!(error instanceof ArchiveDamaged)) throw error;
    log.error({ err: error, chatId: id }, "the archive of a chat could not be read");
    return null;
  });
  // All else is his all the same; trying again would not mend it.
  if (!rows) return Readable.from([JSON.stringify({ unreadable: "its archive is damaged" })]);
  const making = { exportedAt: now.toISOString(), exportedBy: userId, caseId: null, operator };
  const copy = await ownCopyOf(rows, role, making);
  return Readable.from([await jsonFile(copy, await signingKey(db, secret))]);
}
