import { variables } from "~/operations/variables.server";
import packageJson from "../../package.json";

const scripts: Record<string, string> = packageJson.scripts;

/** What is the matter with the commands of a `sh` block, line by line; nothing where they would run. */
export function faultsOf(text: string): string[] {
  const lines = text.replaceAll("\\\n", " ").split("\n");
  return lines.map((line) => line.replace(/(^|\s)#.*$/, "").trim()).flatMap(faultOf);
}

function faultOf(line: string): string[] {
  if (!line) return [];
  const words = line.match(/(?:\$\([^)]*\)|"[^"]*"|'[^']*'|\S)+/g) ?? [];
  const isAssignment = (word: string) => /^[A-Z][A-Z\d_]*=/.test(word);
  const command = words.slice(words.findLastIndex(isAssignment) + 1);
  const unknown = words
    .filter(isAssignment)
    .map((word) => word.split("=", 1)[0] ?? "")
    .filter((name) => !(name in variables) && !ownVariables.includes(name));
  return [
    ...unknown.map((name) => `No variable of Parley: ${name}`),
    ...(isKnown(command) ? [] : [`No command that there is: ${line}`]),
  ];
}

/** What the programs of the documents read themselves. */
const ownVariables = ["PARLEY_URL", "PARLEY_KEY"];

function isKnown([program, first = "", second = ""]: string[]): boolean {
  if (!program) return true;
  if (program === "npm" && first === "run") return second in scripts;
  if (program === "npm") return ["ci", "install"].includes(first) || first in scripts;
  if (program === "npx") return first in packageJson.bin;
  return program === "node" && /^[\w.-]+\.mjs$/.test(first);
}
