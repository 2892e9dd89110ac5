import { jsonParts } from "../../../bin/transcript/layout.mjs";
import { type FilePart, seal } from "./sealed-file";
import type { SigningKey } from "./signing-keys.server";
import type { Transcript } from "./transcript";

/** Other work goes on between so many parts. */
const partsAtOnce = 100;

/** The transcript as JSON: `{"document": …, "seal": …}`, both canonical. */
export async function jsonFile(transcript: Transcript, key: SigningKey): Promise<Buffer> {
  const parts: FilePart[] = [];
  for (const { name, text } of jsonParts(transcript)) {
    parts.push({ name, content: Buffer.from(text) });
    if (parts.length % partsAtOnce === 0) await new Promise(setImmediate);
  }
  return Buffer.concat([...parts.map(({ content }) => content), await seal("json", parts, key)]);
}
