import { printStyle } from "./print-style";
import { type FilePart, seal } from "./sealed-file";
import type {
  ShownMessage,
  ShownPicture,
  ShownText,
  ShownTranscript,
  ShownVersion,
  Table,
} from "./shown";
import type { SigningKey } from "./signing-keys.server";

/** Other work goes on between so many messages. */
const messagesAtOnce = 50;

/**
 * The transcript as one page that needs nothing else and prints well, with the JSON inside.
 *
 * @param json the sealed JSON file
 * @param thumbnails WebP, of the pictures that are shown
 */
export async function htmlFile(
  shown: ShownTranscript,
  json: Buffer,
  thumbnails: Map<string, Buffer>,
  key: SigningKey,
): Promise<Buffer> {
  const parts: FilePart[] = [];
  const add = (name: string, text: string) => parts.push({ name, content: Buffer.from(text) });
  const addMessages = async (messages: ShownMessage[]) => {
    for (const [at, message] of messages.entries()) {
      if (at % messagesAtOnce === messagesAtOnce - 1) await new Promise(setImmediate);
      add(message.part, messageMarkup(message, shown, thumbnails));
    }
  };
  add("head of the page", headMarkup(shown));
  if (shown.disputes.length) add("disputes", disputesMarkup(shown, thumbnails));
  add("title of the messages", `<section><h2>${escaped(shown.messagesTitle)}</h2>\n`);
  await addMessages(shown.messages);
  add("end of the messages", "</section>\n");
  for (const thread of shown.threads) {
    const title = `<section><h2 dir="auto">${escaped(thread.title)}</h2>\n`;
    add("a private thread", title + tableMarkup(thread.people, "h3"));
    await addMessages(thread.messages);
    add("end of a private thread", "</section>\n");
  }
  if (shown.verdicts.rows.length) {
    add("verdicts", `<section>${tableMarkup(shown.verdicts, "h2")}</section>\n`);
  }
  add("audit log", `<section>${tableMarkup(shown.actions, "h2")}</section>\n`);
  add("data", `${dataOpening}${json.toString("utf8")}</script>\n`);
  add("end of the page", "</body></html>\n");
  return Buffer.concat([...parts.map(({ content }) => content), await seal("html", parts, key)]);
}

/** As the verifier looks for it. Canonical JSON has no `<`. */
const dataOpening = '<script type="application/json" id="parley-transcript">';

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

function headMarkup(shown: ShownTranscript): string {
  const facts = shown.facts.map(
    ({ label, value }) => `<dt>${escaped(label)}</dt><dd dir="auto">${escaped(value)}</dd>`,
  );
  return `<!doctype html>
<html lang="${escaped(shown.lang)}" dir="auto"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Parley">
<title>${escaped(shown.title)}</title><style>${printStyle}</style></head><body>
<header><h1>${escaped(shown.title)}</h1><p>${escaped(shown.about)}</p>
${shown.warning ? `<p class="warning">${escaped(shown.warning)}</p>` : ""}
<dl>${facts.join("")}</dl></header>
<section><h2>${escaped(shown.checksTitle)}</h2><ul>${shown.checks
    .map((line) => `<li>${escaped(line)}</li>`)
    .join("")}</ul></section>
<section>${tableMarkup(shown.people, "h2")}</section>
`;
}

function disputesMarkup(shown: ShownTranscript, thumbnails: Map<string, Buffer>): string {
  const disputes = shown.disputes.map(
    ({ title, lines, pictures }) =>
      `<article><h3>${escaped(title)}</h3>${lines
        .map((line) => `<p class="words" dir="auto">${escaped(line)}</p>`)
        .join(
          "",
        )}${pictures.map((picture) => pictureMarkup(picture, thumbnails)).join("")}</article>`,
  );
  return `<section><h2>${escaped(shown.disputesTitle)}</h2>${disputes.join("")}</section>\n`;
}

function messageMarkup(
  message: ShownMessage,
  { maskedWord }: ShownTranscript,
  thumbnails: Map<string, Buffer>,
): string {
  const { title, sender, time, replyTo, versions, pictures } = message;
  return `<article><h3><bdi>${escaped(sender)}</bdi> <span>${escaped(title)}</span> <time>${escaped(time)}</time></h3>
${replyTo ? `<p class="meta">${escaped(replyTo)}</p>` : ""}${versions
  .map((version) => versionMarkup(version, versions.length > 1, maskedWord))
  .join("")}${pictures.map((picture) => pictureMarkup(picture, thumbnails)).join("")}</article>
`;
}

function versionMarkup(version: ShownVersion, isOneOfMany: boolean, maskedWord: string): string {
  const { change, time, text, note, isCurrent, hash } = version;
  const name = isOneOfMany ? `<p class="meta">${escaped(change)} ${escaped(time)}</p>` : "";
  const words = text ? `<p class="words" dir="auto">${textMarkup(text, maskedWord)}</p>` : "";
  const noted = note ? `<p class="note" dir="auto">${escaped(note)}</p>` : "";
  const former = isCurrent ? "" : ' class="former"';
  return `<div${former}>${name}${words}${noted}<p class="hash">${escaped(hash)}</p></div>`;
}

const textMarkup = (text: ShownText, maskedWord: string) =>
  text
    .map((words) => (words === null ? `<mark>${escaped(maskedWord)}</mark> ` : escaped(words)))
    .join("");

function pictureMarkup(picture: ShownPicture, thumbnails: Map<string, Buffer>): string {
  const { id, caption, alt, hash, notShown } = picture;
  const bytes = thumbnails.get(id);
  const image = bytes
    ? `<img alt="" src="data:image/webp;base64,${bytes.toString("base64")}">`
    : `<p class="note">${escaped(notShown)}</p>`;
  const described = alt ? `<p dir="auto">${escaped(alt)}</p>` : "";
  return `<figure>${image}<figcaption><p>${escaped(caption)}</p>${described}<p class="hash">${escaped(hash)}</p></figcaption></figure>`;
}

function tableMarkup({ title, columns, rows }: Table, heading: "h2" | "h3"): string {
  if (!rows.length) return "";
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join("");
  const body = rows.map(
    (row) => `<tr>${row.map((cell) => `<td dir="auto">${escaped(cell)}</td>`).join("")}</tr>`,
  );
  return `<${heading}>${escaped(title)}</${heading}><div class="table"><table><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Characters that are no text, or change the order of what is seen, are shown as what they are. */
const escaped = (text: string) =>
  text
    .replace(/[&<>"']/g, (character) => entities[character] ?? "")
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) =>
      character === "\n" || character === "\t" ? character : codeOf(character),
    );

const codeOf = (character: string) =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
