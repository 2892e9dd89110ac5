import { LinkifyIt } from "linkify-it";
import type { ReactNode } from "react";

const links = new LinkifyIt({ fuzzyEmail: false, fuzzyIP: false })
  .add("ftp:", null)
  .add("mailto:", null)
  .add("//", null);

/** What a person wrote: line breaks as typed, web addresses as links that give nothing away. */
export function MessageText({ text }: { text: string }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {linked(text)}
    </p>
  );
}

function linked(text: string): ReactNode {
  const found = links.match(text);
  if (!found) return text;
  let end = 0;
  const parts: ReactNode[] = [];
  for (const { index, lastIndex, url, text: shown } of found) {
    parts.push(text.slice(end, index));
    parts.push(
      <a
        key={index}
        href={url}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        className="underline underline-offset-2"
      >
        {shown}
      </a>,
    );
    end = lastIndex;
  }
  return [...parts, text.slice(end)];
}
