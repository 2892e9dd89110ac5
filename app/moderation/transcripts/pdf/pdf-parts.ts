import { type FilePart, seal } from "../sealed-file";
import type { SigningKey } from "../signing-keys.server";

/**
 * Puts the seal between the objects of a PDF and its table of references, as a comment line: readers
 * look for the file's end where it ever was.
 */
export async function sealPdf(pdf: Buffer, key: SigningKey): Promise<Buffer> {
  const { tableAt, tail } = splitAtTable(pdf);
  const parts = partsOf(pdf.subarray(0, tableAt));
  // The table stands behind the seal and says where it is itself, so that its place has to be known
  // before the seal is.
  for (let bytes = 0; ; ) {
    const end = { name: "end of the file", content: tail(tableAt + bytes) };
    const line = await seal("pdf", [...parts, end], key);
    if (line.length === bytes) return Buffer.concat([pdf.subarray(0, tableAt), line, end.content]);
    bytes = line.length;
  }
}

function splitAtTable(pdf: Buffer) {
  const at = pdf.lastIndexOf("startxref\n");
  const [, offset] = /^startxref\n(\d+)\n/.exec(pdf.toString("latin1", at, at + 40)) ?? [];
  if (!offset) throw new Error("A PDF was drawn without a table of references");
  const tableAt = Number(offset);
  const table = pdf.toString("latin1", tableAt, at);
  return {
    tableAt,
    tail: (to: number) => Buffer.from(`${table}startxref\n${to}\n%%EOF\n`, "latin1"),
  };
}

/** Cut where the names of parts stand (`openPaper`), and around the attached file. */
function partsOf(body: Buffer): FilePart[] {
  const text = body.toString("latin1");
  const cuts: { at: number; name: string }[] = [{ at: 0, name: "beginning" }];
  const cut = (at: number, name: string) => void (at > 0 && cuts.push({ at, name }));
  const attached = text.indexOf("/Type /EmbeddedFile");
  if (attached > 0) {
    cut(text.lastIndexOf(" 0 obj", attached), "data");
    cut(text.indexOf("endobj", attached), "beginning");
  }
  for (const { 1: name = "", index } of text.matchAll(/^%parley-part (.+)$/gm)) {
    cut(index, name);
    // The rest of a page's object, and what stands between pages.
    if (name.startsWith("page ")) cut(text.indexOf("endobj", index), "structure of the document");
  }
  cuts.sort((a, b) => a.at - b.at);
  return cuts.map(({ at, name }, index) => ({
    name,
    content: body.subarray(at, cuts[index + 1]?.at ?? body.length),
  }));
}
