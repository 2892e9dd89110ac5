import { readFileSync } from "node:fs";
import { root } from "../../scripts/machine.mjs";

/** A fenced block of a document: its language, the words after that, and the line that it begins in. */
export type Block = { language: string; words: string[]; text: string; line: number };

/** @param file below `docs/` */
export function readBlocks(file: string): Block[] {
  return blocksOf(readFileSync(`${root}docs/${file}`, "utf8"));
}

export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: (Block & { fence: string; indent: number }) | undefined;
  for (const [at, line] of markdown.split("\n").entries()) {
    const [, space = "", fence = "", info = ""] = /^(\s*)(`{3,}|~{3,})\s*(.*)$/.exec(line) ?? [];
    if (!open && fence) {
      const [language = "", ...words] = info.split(/\s+/).filter(Boolean);
      open = { language, words, text: "", line: at + 1, fence, indent: space.length };
    } else if (open && fence.startsWith(open.fence) && !info) {
      const { fence: _fence, indent: _indent, ...block } = open;
      blocks.push(block);
      open = undefined;
    } else if (open) {
      open.text += `${line.slice(Math.min(open.indent, line.search(/\S|$/)))}\n`;
    }
  }
  if (open) throw new Error(`The block of line ${open.line} has no end`);
  return blocks;
}
