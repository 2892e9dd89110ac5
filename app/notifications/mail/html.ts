import { darkRules, styles } from "./html-style";
import type { MailContent, MailedChat, MailLink, MailPart } from "./mail-content";

type Reader = { locale: string; brand: string };

/**
 * What a mail says as HTML: nothing that has to be fetched, so that nobody learns when it is read, no
 * script and no form. People's words are escaped, and stand in elements that find their own direction.
 */
export function toHtml(content: MailContent, { locale, brand }: Reader): string {
  const { subject, preview, title, parts, footer, links } = content;
  const below = [
    ...footer.map((line) => `<p style="${styles.footerLine}">${escaped(line)}</p>`),
    ...links.map((link) => `<p style="${styles.footerLine}">${footerLink(link)}</p>`),
  ];
  return `<!doctype html>
<html lang="${escaped(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${escaped(subject)}</title>
<style>${darkRules}</style>
</head>
<body class="canvas" style="${styles.body}">
<div style="${styles.preview}" aria-hidden="true">${escaped(preview)}</div>
<table role="presentation" class="canvas" style="${styles.outer}"><tr><td style="${styles.edge}">
<table role="presentation" align="center" style="${styles.inner}">
<tr><td class="brand" style="${styles.brand}">${escaped(brand)}</td></tr>
<tr><td class="card" style="${styles.card}">
<h1 dir="auto" style="${styles.title}">${escaped(title)}</h1>
${parts.map(partAsHtml).join("\n")}
</td></tr>
<tr><td class="muted" style="${styles.footer}">
${below.join("\n")}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}

function partAsHtml(part: MailPart): string {
  if (part.kind === "text") return `<p dir="auto" style="${styles.text}">${escaped(part.text)}</p>`;
  if (part.kind === "quote") return saidBy(part.label, part.text);
  if (part.kind === "link") return button(part);
  return chatAsHtml(part.chat);
}

function chatAsHtml({ names, about, summary, earlier, messages, link }: MailedChat): string {
  const aside = [about, summary, earlier].filter((line) => line !== null);
  return `<div class="line" style="${styles.chat}">
<h2 dir="auto" style="${styles.names}">${escaped(names)}</h2>
${aside.map((line) => `<p dir="auto" class="muted" style="${styles.about}">${escaped(line)}</p>`).join("\n")}
${messages.map(({ sender, text }) => saidBy(sender, text)).join("\n")}
${button(link)}
</div>`;
}

const saidBy = (label: string, text: string) =>
  `<p dir="auto" class="muted" style="${styles.label}">${escaped(label)}</p>
<div dir="auto" class="quote" style="${styles.quote}">${escaped(text).replaceAll("\n", "<br>")}</div>`;

const button = ({ label, url }: MailLink) =>
  `<div><a class="button" href="${escaped(url)}" style="${styles.button}">${escaped(label)}</a></div>`;

const footerLink = ({ label, url }: MailLink) =>
  `<a class="link" href="${escaped(url)}" style="${styles.footerLink}">${escaped(label)}</a>`;

const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
