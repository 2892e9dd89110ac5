import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { SigningKey } from "../signing-keys.server";
import type { Drawing } from "./draw";
import { sealPdf } from "./pdf-parts";

/** Node runs the source; the build puts a bundle of it beside the chunk that this is in. */
const program = fileURLToPath(new URL(`./pdf-worker${extname(import.meta.url)}`, import.meta.url));
/** Twenty times what thousands of messages take on a slow machine. */
const drawMs = 300_000;
const maxMegabytes = 1024;

/** The transcript as PDF, with the JSON as an attached file; drawn in a thread of its own. */
export async function pdfFile(drawing: Drawing, key: SigningKey): Promise<Buffer> {
  return sealPdf(await draw(drawing), key);
}

function draw(drawing: Drawing): Promise<Buffer> {
  const worker = new Worker(program, {
    workerData: drawing,
    resourceLimits: { maxOldGenerationSizeMb: maxMegabytes },
  });
  const late = setTimeout(() => void worker.terminate(), drawMs);
  return new Promise<Buffer>((resolve, reject) => {
    worker.once("message", (pdf: Uint8Array) => resolve(Buffer.from(pdf)));
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("A PDF was not drawn")));
  }).finally(() => clearTimeout(late));
}
