import { setImmediate } from "node:timers/promises";
import { Dicer } from "@fastify/busboy";
import { FormFault } from "./form-fault.server";

export type PartHead = {
  name: string;
  /** As the sender wrote it, for nobody to trust: whether it is there counts, and no more. */
  filename: string | undefined;
};
export type PartSink = { write(chunk: Buffer): void; end(): void };

/** Ours have two headers of a line each; a file name may be long. */
const limits = { maxHeaderPairs: 8, maxHeaderSize: 4_096 };
/**
 * No index, no nesting and nothing of conform's own (`__intent__`): `a[1000000]` makes the parser
 * behind us build an array of that size.
 */
export const fieldName = /^[A-Za-z][\w-]{0,99}$/;
const boundaryShape = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i;

/**
 * Takes a multipart body apart as it comes. Every part must be understood, because a picture that is
 * left out without a word would be missing in its message; so this stands on the parser below
 * Busboy, which skips a part that it does not understand.
 *
 * @param open called for each part; what it throws, and what it gives throws, ends the reading
 * @throws FormFault 400 when this is not a multipart body, or one of more than `maxParts`
 */
export function multipartParser(
  type: string,
  maxParts: number,
  open: (head: PartHead) => PartSink,
): { write(chunk: Uint8Array): Promise<void>; end(): Promise<void> } {
  const [, quoted, plain] = boundaryShape.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (!boundary) throw broken();
  const config = { boundary, ...limits };
  const parser = new Dicer(config);
  const finished = Promise.withResolvers<void>();
  const faults: unknown[] = [];
  let begun = 0;
  let ended = 0;

  const heed = (take: () => void) => {
    try {
      take();
    } catch (fault) {
      faults.push(fault);
    }
  };

  parser.on("finish", finished.resolve);
  parser.on("error", () => {
    faults.push(broken());
    finished.resolve();
  });
  parser.on("part", (part) => {
    begun += 1;
    part.on("error", () => faults.push(broken()));
    part.on("header", (header) => {
      try {
        if (begun > maxParts) throw new FormFault(400, { id: "error.tooManyFields" });
        const sink = open(partHead(header));
        part.on("data", (chunk: Buffer) => heed(() => sink.write(chunk)));
        part.on("end", () => {
          ended += 1;
          heed(() => sink.end());
        });
      } catch (fault) {
        faults.push(fault);
        part.resume();
      }
    });
  });

  const settle = async () => {
    // A part's end is told a tick after its last byte.
    await setImmediate();
    if (faults.length) throw faults[0];
  };
  return {
    async write(chunk) {
      await new Promise<void>((resolve) => parser.write(chunk, () => resolve()));
      await settle();
    },
    async end() {
      parser.end();
      await finished.promise;
      await settle();
      // One without headers is never told of.
      if (ended !== begun) throw broken();
    },
  };
}

function partHead(header: { "content-disposition"?: string[] }): PartHead {
  const [disposition = ""] = header["content-disposition"] ?? [];
  const [, name] = /^form-data;\s*name="?([^";]*)"?\s*(;|$)/i.exec(disposition) ?? [];
  if (!name || !fieldName.test(name)) throw new FormFault(400, { id: "error.unknownField" });
  const [, filename] = /;\s*filename\*?=("(?:[^"\\]|\\.)*|[^;]*)/i.exec(disposition) ?? [];
  if (filename === undefined) return { name, filename };
  // Browsers write names as UTF-8; the parser takes each byte of a header for a character.
  return { name, filename: Buffer.from(filename.replace(/^"/, ""), "latin1").toString("utf8") };
}

const broken = () => new FormFault(400, { id: "error.brokenForm" });
