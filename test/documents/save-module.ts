import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/machine.mjs";

/** Saves a module of a document where it finds the packages of this repository, and nobody else finds it. */
export function saveModule(name: string, source: string) {
  const folder = join(root, "node_modules", ".documents", randomUUID());
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, source);
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
