import type { ShownMessage, ShownPicture, ShownTranscript, ShownVersion, Table } from "../shown.ts";
import { openPaper, type Paper, type Style } from "./paper.ts";

const ink = "#18181b";
const muted = "#52525b";
const styles = {
  title: { font: "bold", size: 16, color: ink },
  section: { font: "bold", size: 12, color: ink },
  name: { font: "bold", size: 9, color: ink },
  words: { font: "plain", size: 9.5, color: ink },
  meta: { font: "plain", size: 7.5, color: muted },
  hash: { font: "mono", size: 5.5, color: muted },
  warning: { font: "bold", size: 11, color: "#b91c1c" },
} satisfies Record<string, Style>;
const pictureSide = 120;
const formerIndent = 12;

export type Drawing = {
  shown: ShownTranscript;
  /** The sealed JSON file, which goes along as an attached file. */
  json: Buffer;
  /** JPEG, of the pictures that are shown. */
  pictures: Map<string, Uint8Array>;
  createdAt: Date;
};

/** Lays a transcript out on pages. Takes seconds for thousands of messages. */
export async function drawPdf({ shown, json, pictures, createdAt }: Drawing): Promise<Buffer> {
  const paper = openPaper({ title: shown.title, createdAt });
  paper.addPage();
  paper.write(shown.title, styles.title);
  paper.write(shown.about, styles.meta);
  paper.space(6);
  if (shown.warning) paper.write(shown.warning, styles.warning);
  for (const { label, value } of shown.facts) paper.write(`${label}: ${value}`, styles.meta);
  section(paper, shown.checksTitle);
  for (const line of shown.checks) paper.write(`– ${line}`, styles.meta);
  list(paper, shown.people);
  if (shown.disputes.length) section(paper, shown.disputesTitle);
  for (const { title, lines, pictures: evidence } of shown.disputes) {
    paper.write(title, styles.name);
    for (const line of lines) paper.write(line, styles.words);
    for (const picture of evidence) drawPicture(paper, picture, pictures);
    paper.space(4);
  }
  section(paper, shown.messagesTitle);
  for (const message of shown.messages) drawMessage(paper, message, shown, pictures);
  for (const thread of shown.threads) {
    paper.begin("a private thread");
    section(paper, thread.title);
    list(paper, thread.people);
    for (const message of thread.messages) drawMessage(paper, message, shown, pictures);
  }
  if (shown.verdicts.rows.length) {
    paper.begin("verdicts");
    list(paper, shown.verdicts);
  }
  paper.begin("audit log");
  list(paper, shown.actions);
  paper.attach(json, "transcript.json", shown.title);
  return paper.close((page, pages) => `${shown.title} · ${page} / ${pages}`);
}

function section(paper: Paper, title: string) {
  paper.space(12);
  paper.write(title, styles.section);
  paper.space(3);
}

/** A table as lines: on paper its columns would be too narrow for ids. */
function list(paper: Paper, { title, columns, rows }: Table) {
  if (!rows.length) return;
  section(paper, title);
  for (const row of rows) {
    const cells = row.map((cell, at) => (cell ? `${columns[at]}: ${cell}` : ""));
    paper.write(cells.filter(Boolean).join("  ·  "), styles.meta);
  }
}

function drawMessage(
  paper: Paper,
  { part, sender, title, time, replyTo, versions, pictures }: ShownMessage,
  shown: ShownTranscript,
  images: Drawing["pictures"],
) {
  paper.begin(part);
  paper.space(6);
  paper.write(sender, styles.name);
  paper.write([title, time, replyTo].filter(Boolean).join("  ·  "), styles.meta);
  for (const version of versions) drawVersion(paper, version, versions.length > 1, shown);
  for (const picture of pictures) drawPicture(paper, picture, images);
}

function drawVersion(
  paper: Paper,
  { change, time, text, note, isCurrent, hash }: ShownVersion,
  isOneOfMany: boolean,
  { maskedWord }: ShownTranscript,
) {
  const indent = isCurrent ? 0 : formerIndent;
  if (isOneOfMany) paper.write(`${change}  ·  ${time}`, { ...styles.meta, indent });
  const words = text?.map((piece) => piece ?? `[${maskedWord}] `).join("");
  if (words) paper.write(words, { ...styles.words, indent });
  if (note) paper.write(note, { ...styles.meta, indent });
  paper.write(hash, { ...styles.hash, indent });
}

function drawPicture(paper: Paper, picture: ShownPicture, images: Drawing["pictures"]) {
  const { id, caption, alt, hash, notShown } = picture;
  const jpeg = images.get(id);
  paper.space(3);
  if (jpeg) paper.picture(Buffer.from(jpeg), picture, pictureSide);
  else paper.write(notShown, styles.meta);
  paper.write([caption, alt].filter(Boolean).join("  ·  "), styles.meta);
  paper.write(hash, styles.hash);
}
