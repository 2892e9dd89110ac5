import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Masks } from "./masks";

/** Removes mails from the folder of a demo that name somebody, whoever they are to. */
export async function eraseMails(folder: string, { own }: Masks): Promise<void> {
  for (const name of await filesIn(folder)) {
    const path = join(folder, name);
    const mail = await readFile(path, "latin1").catch(() => "");
    if (readings(mail).some((text) => own(text) !== text)) await rm(path, { force: true });
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** A mail as it is, and as each of the encodings has it that a word of it may be in (RFC 2045, 2047). */
function readings(mail: string): string[] {
  const unfolded = mail.replace(/=\r?\n/g, "");
  const words = mail.replace(/\?=\s+=\?[^?]+\?[bq]\?/gi, "").replace(/_/g, " ");
  const base64 = mail.matchAll(/(?<=\n\r?\n)[A-Za-z\d+/=\r\n]+|=\?[^?]+\?b\?([^?]+)\?=/gi);
  return [
    utf8(mail),
    quoted(unfolded),
    quoted(words),
    ...Array.from(base64, ([block, word]) => Buffer.from(word ?? block, "base64").toString("utf8")),
  ];
}

const utf8 = (latin1: string) => Buffer.from(latin1, "latin1").toString("utf8");

const quoted = (text: string) =>
  utf8(text.replace(/=([\dA-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))));
