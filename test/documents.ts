import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A fenced block of a document: the line of its first fence is ` ```js name=link.mjs `. */
export type Code = { language: string; name: string | undefined; text: string };

/** @param path from the root, as in `docs/identity.md` */
export function codesOf(path: string): Code[] {
  const blocks = readFileSync(join(root, path), "utf8").matchAll(
    /^```(\w*)(?: name=(\S+))?\n(.*?)^```$/gms,
  );
  return [...blocks].map(([, language = "", name, text = ""]) => ({ language, name, text }));
}

/**
 * Runs a block of a document as the module that a reader would make of it, with this repository's
 * packages.
 *
 * @param env what the block reads of `process.env`
 * @returns what it exports
 */
export async function runCode<Exports>(
  path: string,
  name: string,
  env: Record<string, string> = {},
): Promise<Exports> {
  const code = codesOf(path).find((one) => one.name === name);
  if (!code) throw new Error(`${path} has no code that is called ${name}`);
  // There it finds packages, and nobody else finds it.
  const folder = join(root, "node_modules", ".cache", "documents", randomUUID());
  mkdirSync(folder, { recursive: true });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  writeFileSync(file, code.text);
  Object.assign(process.env, env);
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Exports;
}
