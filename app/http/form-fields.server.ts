import type { IncomingMessage } from "node:http";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import type { Phrase } from "~/ui/i18n";

/** More than any form of ours has; a parser's work grows with each. */
const maxFields = 64;
/**
 * No index, no nesting and nothing of conform's own (`__intent__`): `a[1000000]` makes the parser
 * behind us build an array of that size.
 */
const plainName = /^[A-Za-z][\w-]{0,99}$/;

/** What is wrong with a form as a whole, before anyone looks at its fields. */
export class FormFault extends Error {
  override name = "FormFault";
  constructor(
    readonly status: 400 | 408 | 413 | 415 | 503,
    readonly phrase: Phrase,
  ) {
    super(phrase.id);
  }
}

/** The request that a form came with: as Remix hands it over, or as Node does. */
export type FormSource = Request | IncomingMessage;

/**
 * Reads the text fields of a form, bounded in number and names; the server has bounded the bytes.
 *
 * @throws FormFault
 */
export async function readFields(source: FormSource): Promise<[name: string, value: string][]> {
  const type = contentType(source);
  if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return readUrlencoded(source);
  if (/^multipart\/form-data\s*;/i.test(type)) return readMultipart(source, type);
  throw new FormFault(415, { id: "error.notAForm" });
}

async function readUrlencoded(source: FormSource) {
  const chunks: Uint8Array[] = [];
  let pairs = 1;
  await eachChunk(source, (chunk) => {
    for (const byte of chunk) if (byte === 0x26) pairs += 1;
    if (pairs > maxFields) throw tooManyFields();
    chunks.push(chunk);
  });
  const fields = [...new URLSearchParams(Buffer.concat(chunks).toString("utf8"))];
  for (const [name] of fields) checkName(name);
  return fields;
}

async function readMultipart(source: FormSource, type: string) {
  const fields: [string, string][] = [];
  const faults: FormFault[] = [];
  const fail = (fault: FormFault) => void faults.push(fault);
  const parser = makeParser(type);
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const fallApart = () => {
    fail(new FormFault(400, { id: "error.brokenForm" }));
    finish();
  };
  parser.once("finish", finish);
  parser.on("error", fallApart);
  parser.on("field", (name, value, _nameTruncated, valueTruncated) => {
    if (valueTruncated) fail(new FormFault(413, { id: "error.tooLarge" }));
    else if (plainName.test(name ?? "")) fields.push([name, value]);
    else fail(badName());
  });
  parser.on("file", (_name, file, filename) => {
    const refuseFile = () => fail(new FormFault(400, { id: "error.filesNotAccepted" }));
    // A file input that was left empty sends a part without a name or a byte.
    if (filename) refuseFile();
    file.on("data", refuseFile).on("error", fallApart);
  });
  for (const limit of ["fieldsLimit", "partsLimit", "filesLimit"] as const) {
    parser.on(limit, () => fail(tooManyFields()));
  }
  await eachChunk(source, (chunk) => {
    parser.write(chunk);
    if (faults[0]) throw faults[0];
  });
  parser.end();
  await finished;
  if (faults[0]) throw faults[0];
  return fields;
}

function makeParser(type: string) {
  try {
    return new Busboy({
      headers: { "content-type": type } satisfies BusboyHeaders,
      limits: { fields: maxFields, parts: maxFields, files: 8, headerPairs: 8, headerSize: 4_096 },
    });
  } catch {
    throw new FormFault(400, { id: "error.brokenForm" });
  }
}

export function contentType(source: FormSource): string {
  if (source instanceof Request) return source.headers.get("Content-Type") ?? "";
  return source.headers["content-type"] ?? "";
}

/**
 * Reads without `for await`, which would cancel the body when `take` throws: the server destroys
 * the connection then, and its answer with it.
 */
function eachChunk(source: FormSource, take: (chunk: Uint8Array) => void): Promise<void> {
  return source instanceof Request ? eachOfRequest(source, take) : eachOfMessage(source, take);
}

async function eachOfRequest(request: Request, take: (chunk: Uint8Array) => void) {
  const reader = request.body?.getReader();
  if (!reader) return;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) take(read.value);
  } finally {
    reader.releaseLock();
  }
}

function eachOfMessage(message: IncomingMessage, take: (chunk: Uint8Array) => void) {
  return new Promise<void>((resolve, reject) => {
    const stop = (error: unknown) => {
      message.off("data", read).pause();
      reject(error);
    };
    const read = (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (fault) {
        stop(fault);
      }
    };
    message.once("error", stop).once("end", resolve);
    message.once("close", () => {
      // Who hangs up in the middle sends no end.
      if (!message.readableEnded) reject(new FormFault(400, { id: "error.brokenForm" }));
    });
    message.on("data", read).resume();
  });
}

function checkName(name: string) {
  if (!plainName.test(name)) throw badName();
}

const badName = () => new FormFault(400, { id: "error.unknownField" });
const tooManyFields = () => new FormFault(400, { id: "error.tooManyFields" });
