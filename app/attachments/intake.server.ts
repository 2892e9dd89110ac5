import { type BodyChunks, bodyChunks } from "~/http/body-chunks.server";
import { contentType, FormFault, type FormSource } from "~/http/form-fault.server";
import { maxFields } from "~/http/form-fields.server";
import { multipartParser } from "~/http/multipart.server";
import { within } from "~/operations/deadline.server";
import type { Phrase } from "~/ui/i18n";
import type { FileBytes } from "./incoming-file";
import { makePlaces } from "./places.server";
import { UploadForm } from "./upload-form.server";

type Refused = { refused: Phrase; name?: string };

export type Upload<Result> = {
  fields: [name: string, value: string][];
  /** What became of each picture, in their order. */
  pictures: (Result | Refused)[];
};

/** The form came to an early end; what was taken until then waits all the same. */
export class UploadFault<Result> extends FormFault {
  constructor(
    fault: FormFault,
    readonly pictures: Upload<Result>["pictures"],
  ) {
    super(fault.status, fault.phrase);
  }
}

export type UploadLimits = {
  /** Bytes of one picture. */
  bytes: number;
  /** Pictures of one upload. */
  pictures: number;
  /** How long no byte may come, in ms. */
  stalledMs?: number;
  /** How long all of it may take, in ms. */
  uploadMs?: number;
};

export type UploadHandlers<Result> = {
  /**
   * Called once, when every field has come and no picture was read.
   *
   * @returns how many pictures there is room for; null to read none
   */
  begin(fields: Upload<Result>["fields"], hasPictures: boolean): Promise<number | null>;
  /**
   * One picture has come; the next is not read before this is done.
   *
   * @param name of its file, fit to be shown; may be empty
   */
  take(bytes: FileBytes, name: string): Promise<Result>;
};

const standard = { stalledMs: 20_000, uploadMs: 600_000 };
/** So that one picture too many is refused by itself, and not the whole form. */
const spareParts = 20;
/** How long an upload waits while others are read, in ms. */
const patienceMs = 60_000;
const megabyte = 1_000_000;

/**
 * Each holds one picture at most: of 15 MiB each, 240 MiB together. The work needs fewer, but a slow
 * phone holds its place for minutes.
 */
const places = makePlaces({ total: 16, perUser: 4 });

/** What a form with pictures can weigh; a picture or two that are too large are refused by themselves. */
export function maxUploadBytes({ bytes, pictures }: Pick<UploadLimits, "bytes" | "pictures">) {
  return (pictures + 2) * bytes + 2 * 1024 * 1024;
}

/**
 * Reads a form with pictures, one picture after the other and no faster than they are taken. One that
 * is too large or one too many is refused by itself, and the others are taken.
 *
 * @param uploader whose upload it is
 * @throws UploadFault 400: no such form; 408: it stalled; 413: too large to mean anything; 503: too
 *   many others upload
 */
export async function receiveUpload<Result>(
  source: FormSource,
  uploader: string,
  limits: UploadLimits,
  { begin, take }: UploadHandlers<Result>,
): Promise<Upload<Result>> {
  const form = new UploadForm(limits.bytes);
  const maxParts = maxFields + limits.pictures + spareParts;
  const parser = multipartParser(contentType(source), maxParts, form.open);
  const pictures: Upload<Result>["pictures"] = [];
  const body = bodyChunks(source);
  const next = chunksInTime(body, limits);
  let room: number | null | undefined;
  let leave: (() => void) | undefined;
  try {
    for (let isOver = false; !isOver; ) {
      const chunk = await next();
      isOver = chunk === null;
      if (chunk) await parser.write(chunk);
      else await parser.end();
      form.check();
      if (room === undefined && (form.hasFiles || isOver))
        room = await begin(form.fields, form.hasFiles);
      if (room === null) break;
      if (form.hasFiles) leave ??= await enter(uploader, body.gone);
      await takeWhole(room ?? 0);
    }
    return { fields: form.fields, pictures };
  } catch (error) {
    throw error instanceof FormFault ? new UploadFault(error, pictures) : error;
  } finally {
    leave?.();
    body.release();
  }

  async function takeWhole(room: number) {
    for (const file of form.files.slice(Math.max(0, room - pictures.length))) file.drop();
    for (let file = form.shift(); file; file = form.shift()) {
      if (pictures.length >= room) pictures.push({ ...tooMany(limits.pictures), name: file.name });
      else if (file.isTooLarge) pictures.push({ ...tooLarge(limits.bytes), name: file.name });
      else pictures.push(await take(file.takeBytes(), file.name));
    }
  }
}

const tooMany = (max: number): Refused => ({ refused: { id: "picture.tooMany", values: { max } } });
const tooLarge = (bytes: number): Refused => ({
  refused: { id: "picture.tooLarge", values: { max: Math.floor(bytes / megabyte) } },
});

async function enter(uploader: string, gone: AbortSignal): Promise<() => void> {
  const giveUp = AbortSignal.any([gone, AbortSignal.timeout(patienceMs)]);
  const leave = await places.take(uploader, giveUp);
  if (!leave) throw new FormFault(503, { id: "picture.busy" });
  return leave;
}

/** @throws FormFault from what it returns */
function chunksInTime(body: BodyChunks, limits: UploadLimits): () => Promise<Uint8Array | null> {
  const { stalledMs, uploadMs } = { ...standard, ...limits };
  const end = performance.now() + uploadMs;
  let bytes = 0;
  return async () => {
    const patience = Math.min(stalledMs, end - performance.now());
    const chunk = await within(patience, body.next(), stalled);
    bytes += chunk?.length ?? 0;
    if (bytes > maxUploadBytes(limits)) throw new FormFault(413, { id: "error.tooLarge" });
    return chunk;
  };
}

const stalled = () => new FormFault(408, { id: "picture.stalled" });
