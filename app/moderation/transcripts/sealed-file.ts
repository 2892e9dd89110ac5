import { canonical, sha256 } from "../../../bin/transcript/canonical.mjs";
import { framed, sealContent } from "../../../bin/transcript/seal.mjs";
import type { SigningKey } from "./signing-keys.server";

/** A stretch of a file with a name of its own: what the verifier says was changed. */
export type FilePart = { name: string; content: Buffer };

/** Other work goes on between so many parts. */
const partsAtOnce = 200;

/** @returns the seal as it stands in the file, covering its parts in this order */
export async function seal(
  kind: "html" | "json" | "pdf",
  parts: readonly FilePart[],
  key: SigningKey,
): Promise<Buffer> {
  const hashed: [string, number, string][] = [];
  for (const { name, content } of parts) {
    hashed.push([name, content.length, sha256(content)]);
    if (hashed.length % partsAtOnce === 0) await new Promise(setImmediate);
  }
  const unsigned = {
    algorithm: "Ed25519",
    format: "parley-seal-1",
    key: key.id,
    parts: hashed,
    publicKey: key.publicKey,
  } as const;
  const signature = key.sign(sealContent(unsigned));
  return Buffer.from(framed(kind, canonical({ ...unsigned, signature })));
}
