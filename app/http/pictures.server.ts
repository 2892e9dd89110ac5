import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { Handler, Request, Response } from "express";
import { readSessionToken } from "~/accounts/session-cookie.server";
import { findViewer } from "~/accounts/sessions.server";
import { objectKeys } from "~/attachments/attachment";
import { PictureProcessDied } from "~/attachments/processing/child.server";
import { pictureAsJpeg } from "~/attachments/processing.server";
import { idShape } from "~/chats/drafts";
import type { Db } from "~/db/client.server";
import { isUnavailable } from "~/db/unavailable.server";
import { openPicture } from "~/moderation/access/pictures.server";
import { log } from "~/operations/log.server";
import { ArchiveDamaged } from "~/retention/means";
import { RangeNotSatisfiable, type Storage, StorageError } from "~/storage/storage";
import { readRange } from "./byte-range";
import { noteUser } from "./exchange.server";
import { loginPath } from "./paths";
import { pictureFormat } from "./picture-format";
import { refuse } from "./refusals.server";
import { takeTurns } from "./turns.server";

/** Who takes no byte for so long has gone, in ms. */
const readerPatienceMs = 60_000;
/** When to come back while something is away, in seconds. */
const retryAfter = 5;

/**
 * `GET /chats/:chatId/attachments/:attachmentId` and its `/thumbnail`. Each request is answered by
 * what the viewer may see at that moment; a browser may keep the bytes, and asks before it shows them.
 * They go through us, also from S3: see docs/pictures.md.
 */
export function answerPictures({ db, storage }: { db: Db; storage: Storage }): Handler {
  /** So that requests wait, and not pictures in memory. */
  const inTurn = takeTurns(1);

  async function answer(req: Request, res: Response): Promise<void> {
    const viewer = await findViewer(db, readSessionToken(req.headers.cookie));
    if (!viewer) return signedOut(req, res);
    noteUser(viewer.id);
    const chatId = idShape.safeParse(req.params.chatId).data?.toLowerCase();
    const id = idShape.safeParse(req.params.attachmentId).data?.toLowerCase();
    const size = req.params.size === "thumbnail" ? "thumbnail" : "full";
    const picture = chatId && id && (await openPicture(db, storage, viewer, { chatId, id, size }));
    if (!picture) return refuse(res, 404);

    const format = pictureFormat(req.headers.accept);
    // What an id stands for never changes, so that the name is as good as a hash.
    res.set("ETag", `"${id}-${size}-${format}"`);
    res.set("Cache-Control", "private, no-cache");
    res.set("Vary", "Accept");
    if (req.fresh) return void res.status(304).end();
    res.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    res.set("X-Content-Type-Options", "nosniff");
    const ending = format === "jpeg" ? "jpg" : "webp";
    res.set("Content-Disposition", `inline; filename="picture-${id.slice(-12)}.${ending}"`);
    res.type(`image/${format}`);
    const key = objectKeys(id)[size];
    if (format === "webp") return sendStored(req, res, storage, key);
    const jpeg = await inTurn("jpeg", async () => {
      const stored = await storage.get(key);
      return stored && pictureAsJpeg(await buffer(stored.stream));
    });
    if (jpeg) res.end(req.method === "HEAD" ? undefined : jpeg);
    else missing(res, key);
  }

  return (req, res, next) => {
    answer(req, res).catch((error) => {
      const isAway =
        error instanceof StorageError ||
        error instanceof ArchiveDamaged ||
        error instanceof PictureProcessDied ||
        isUnavailable(error);
      if (!isAway) return next(error);
      log.warn({ err: error }, "a picture could not be read");
      if (res.headersSent) return void res.destroy();
      withoutPicture(res).set("Retry-After", String(retryAfter)).status(503).end();
    });
  };
}

async function sendStored(req: Request, res: Response, storage: Storage, key: string) {
  res.set("Accept-Ranges", "bytes");
  // A part goes with the rest that somebody has only if both are of one picture.
  const isPartWanted = [undefined, res.get("ETag")].includes(req.get("If-Range"));
  const range = req.method === "GET" && isPartWanted ? readRange(req.get("Range")) : undefined;
  const object = await storage.get(key, range).catch((error) => {
    if (error instanceof RangeNotSatisfiable) return "behind the end" as const;
    throw error;
  });
  if (object === "behind the end") return void withoutPicture(res).status(416).end();
  if (!object) return missing(res, key);
  const { stream, first, last, bytes } = object;
  if (range) res.status(206).set("Content-Range", `bytes ${first}-${last}/${bytes}`);
  res.set("Content-Length", String(last - first + 1));
  if (req.method === "HEAD") {
    stream.destroy();
    return void res.end();
  }
  res.setTimeout(readerPatienceMs, () => res.destroy());
  await pipeline(stream, res).catch((error) => {
    if (error?.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  });
}

/** A page leads to the sign-in and back here; an image in a page leads nowhere. */
function signedOut(req: Request, res: Response): void {
  if (req.get("Accept")?.includes("text/html")) res.redirect(303, loginPath(req.originalUrl));
  else res.status(401).end();
}

function missing(res: Response, key: string): void {
  log.error({ key }, "an object of a picture is missing in the storage");
  refuse(withoutPicture(res), 404);
}

/** What was said of the picture is not true of what comes instead. */
function withoutPicture(res: Response): Response {
  for (const name of ["ETag", "Content-Disposition", "Content-Type", "Accept-Ranges"]) {
    res.removeHeader(name);
  }
  return res.set("Cache-Control", "private, no-store");
}
