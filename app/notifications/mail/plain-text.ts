import type { MailContent, MailedChat, MailPart } from "./mail-content";

/** What a mail says as plain text, in an order that a screen reader follows as well. */
export function toPlainText({ title, parts, footer, links }: MailContent): string {
  const below = [...footer, ...links.map(({ label, url }) => `${label}:\n${url}`)];
  return `${[title, ...parts.map(partAsText), "-- ", ...below].join("\n\n")}\n`;
}

function partAsText(part: MailPart): string {
  if (part.kind === "text") return part.text;
  if (part.kind === "quote") return `${part.label}:\n${quoted(part.text)}`;
  if (part.kind === "link") return `${part.label}:\n${part.url}`;
  return chatAsText(part.chat);
}

function chatAsText({ names, about, summary, earlier, messages, link }: MailedChat): string {
  const head = [names, about, summary, earlier].filter((line) => line !== null).join("\n");
  const said = messages.map(({ sender, text }) => `${sender}:\n${quoted(text)}`);
  return [head, ...said, `${link.label}:\n${link.url}`].join("\n\n");
}

/** Marked line by line, so that nobody's message looks like what the mail itself says. */
const quoted = (text: string) => text.replace(/^/gm, "> ");
