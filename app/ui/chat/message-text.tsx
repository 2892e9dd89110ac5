import type { ReactNode } from "react";
import type { TextLink } from "~/chats/message";

/** What a person wrote: line breaks as typed, web addresses as links that give nothing away. */
export function MessageText({ text, links }: { text: string; links: TextLink[] }) {
  return (
    <p dir="auto" className="message-text">
      {links.length ? linked(text, links) : text}
    </p>
  );
}

function linked(text: string, links: TextLink[]): ReactNode {
  let end = 0;
  const parts: ReactNode[] = [];
  for (const { start, end: next, url } of links) {
    parts.push(text.slice(end, start));
    parts.push(
      <a key={start} href={url} target="_blank" rel="noopener noreferrer nofollow ugc">
        {text.slice(start, next)}
      </a>,
    );
    end = next;
  }
  return [...parts, text.slice(end)];
}
