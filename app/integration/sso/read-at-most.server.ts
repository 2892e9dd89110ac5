import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";

/**
 * @returns the same answer, read whole
 * @throws RangeError where its body is larger, as soon as that is seen
 */
export async function readAtMost(mostBytes: number, response: Response): Promise<Response> {
  const { status, headers, body } = response;
  if (!body) return response;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of Readable.fromWeb(body as ReadableStream<Uint8Array>)) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > mostBytes) throw new RangeError("The answer is too large");
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks), { status, headers });
}
