import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { pinnedNode } from "../../scripts/machine.mjs";
import { saveModule } from "./save-module";

/**
 * Runs a program as a reader of a document does who saved it into a file: as an ES module in a process
 * of its own, that finds what is installed here.
 *
 * @returns what it printed
 * @throws what it said when it failed, or did not end in 60 s
 */
export async function runProgram(
  name: string,
  source: string,
  variables: Record<string, string>,
): Promise<string> {
  const { file, remove } = saveModule(`${name}.mjs`, source);
  try {
    const child = spawn(pinnedNode(), [file], {
      env: { PATH: process.env.PATH, NODE_ENV: "production", ...variables },
      timeout: 60_000,
      killSignal: "SIGKILL",
    });
    const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [printed, complaint, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      exit,
    ]);
    if (code !== 0) throw new Error(`${name} failed (${code}): ${complaint}\n${printed}`);
    return printed;
  } finally {
    remove();
  }
}

/** Whether this is what a document says that is printed, in which `…` stands for whatever there is. */
export function isAsSaid(printed: string, said: string): boolean {
  const parts = said
    .trim()
    .split("…")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*?")}$`).test(printed.trim());
}
