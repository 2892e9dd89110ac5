import { type Block, readBlocks } from "./blocks";
import { faultsOf } from "./check-command";
import { isAsSaid, runProgram } from "./run-program";

type Means = {
  /** What the programs of a document find in their environment. */
  variables: Record<string, string>;
  /** What is the matter with an example of a schema of the API's document. */
  isNamedInTest: (module: string) => boolean;
  faultsOfExample: (schema: string, example: unknown) => string[];
};

/**
 * Runs or checks each block of a document.
 *
 * - `js`: together they are one program, in their order. `js name=FILE.mjs`: a module that a test of its
 *   own runs, which names it.
 * - `text printed`: together they are what that program prints, `…` for whatever there is.
 * - `sh`: commands that there are. `json`: can be read, and with a name it is what that schema of the
 *   API's document describes.
 *
 * @returns what is the matter, by line; a block of any other kind is, because nothing would check it
 */
export async function faultsOfDocument(file: string, means: Means): Promise<string[]> {
  const blocks = readBlocks(file);
  const faults = blocks.flatMap((block) =>
    staticFaults(block, means).map((fault) => `${file}:${block.line}: ${fault}`),
  );
  const together = blocks.filter(({ language, words }) => language === "js" && !words.length);
  const said = blocks.filter(({ language }) => language === "text").map(({ text }) => text);
  if (!together.length) return faults;
  try {
    const source = together.map(({ text }) => text).join("\n");
    const printed = await runProgram(file.replace(/\.md$/, ""), source, means.variables);
    if (isAsSaid(printed, said.join(""))) return faults;
    return [...faults, `${file}: its program printed something else: ${printed}`];
  } catch (error) {
    return [...faults, `${file}: its program failed: ${error}`];
  }
}

function staticFaults({ language, words, text }: Block, means: Means): string[] {
  const kind = [language, ...words].join(" ");
  if (kind === "js" || kind === "text printed") return [];
  const [, name] = /^js name=([\w-]+\.mjs)$/.exec(kind) ?? [];
  if (name && means.isNamedInTest(name)) return [];
  if (kind === "sh") return faultsOf(text);
  if (language !== "json" || words.length > 1) return [`Nothing runs or checks \`${kind}\``];
  try {
    const example: unknown = JSON.parse(text);
    return words[0] ? means.faultsOfExample(words[0], example) : [];
  } catch (error) {
    return [`${error}`];
  }
}
