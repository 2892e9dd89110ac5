import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import { readBlocks } from "./blocks";
import { saveModule } from "./save-module";

/** Which modules a document has, by the names that its blocks give them: `js name=FILE.mjs`. */
export function moduleNamesOf(document: string): string[] {
  return readBlocks(document).flatMap(({ words }) => nameIn(words) ?? []);
}

/**
 * Loads a block of a document as the module that a reader would make of it, with this repository's
 * packages.
 *
 * @param document below `docs/`
 * @param env what the block reads of `process.env`
 * @returns what it exports
 */
export async function loadBlock<Exports>(
  document: string,
  name: string,
  env: Record<string, string> = {},
): Promise<Exports> {
  const block = readBlocks(document).find(({ words }) => nameIn(words) === name);
  if (!block) throw new Error(`${document} has no block that is called ${name}`);
  const { file, remove } = saveModule(name, block.text);
  onTestFinished(remove);
  Object.assign(process.env, env);
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Exports;
}

function nameIn([word = ""]: string[]): string | undefined {
  return /^name=(\S+)$/.exec(word)?.[1];
}
