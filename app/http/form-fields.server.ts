import { bodyChunks } from "./body-chunks.server";
import { contentType, FormFault, type FormSource, isMultipart } from "./form-fault.server";
import { fieldName, multipartParser, type PartHead, type PartSink } from "./multipart.server";

/** More than any form of ours has; a parser's work grows with each. */
export const maxFields = 64;

/**
 * Reads the text fields of a form, bounded in number and names; the server has bounded the bytes.
 *
 * @throws FormFault
 */
export async function readFields(source: FormSource): Promise<[name: string, value: string][]> {
  if (isMultipart(source)) return readMultipart(source);
  if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType(source))) {
    return readUrlencoded(source);
  }
  throw new FormFault(415, { id: "error.notAForm" });
}

async function readUrlencoded(source: FormSource) {
  const chunks: Uint8Array[] = [];
  let pairs = 1;
  await eachChunk(source, (chunk) => {
    for (const byte of chunk) if (byte === 0x26) pairs += 1;
    if (pairs > maxFields) throw new FormFault(400, { id: "error.tooManyFields" });
    chunks.push(chunk);
  });
  const fields = [...new URLSearchParams(Buffer.concat(chunks).toString("utf8"))];
  for (const [name] of fields) {
    if (!fieldName.test(name)) throw new FormFault(400, { id: "error.unknownField" });
  }
  return fields;
}

async function readMultipart(source: FormSource) {
  const fields: [string, string][] = [];
  const parser = multipartParser(contentType(source), maxFields, ({ name, filename }) =>
    filename === undefined ? collect((value) => fields.push([name, value])) : refuseFile(filename),
  );
  await eachChunk(source, (chunk) => parser.write(chunk));
  await parser.end();
  return fields;
}

function collect(take: (value: string) => void): PartSink {
  const chunks: Buffer[] = [];
  return {
    write: (chunk) => void chunks.push(chunk),
    end: () => take(Buffer.concat(chunks).toString("utf8")),
  };
}

/** A file input that was left empty sends a part without a name or a byte. */
function refuseFile(filename: PartHead["filename"]): PartSink {
  const refuse = () => {
    throw new FormFault(400, { id: "error.filesNotAccepted" });
  };
  return filename ? refuse() : { write: refuse, end: () => {} };
}

async function eachChunk(source: FormSource, take: (chunk: Uint8Array) => void | Promise<void>) {
  const body = bodyChunks(source);
  try {
    for (let chunk = await body.next(); chunk; chunk = await body.next()) await take(chunk);
  } finally {
    body.release();
  }
}
