import { useEffect, useRef } from "react";
import { Card } from "~/ui/card";
import { CopyButton } from "./copy-button";

type Props = { title: string; text: string; secret: string };

/** A secret that this answer alone has: whoever made it is led to it, to take it along. */
export function ShownOnce({ title, text, secret }: Props) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <section
      ref={place}
      id="made"
      tabIndex={-1}
      aria-labelledby="made-title"
      className="scroll-mt-28 rounded-2xl outline-accent"
    >
      <Card className="border-accent p-4">
        <h2 id="made-title" className="font-semibold [overflow-wrap:anywhere]">
          {title}
        </h2>
        <p className="mt-1 text-pretty text-sm">{text}</p>
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <code
            id="secret"
            translate="no"
            className="min-w-0 grow basis-72 select-all rounded-xl bg-sunken px-3 py-2.5 text-sm [overflow-wrap:anywhere]"
          >
            {secret}
          </code>
          <CopyButton of="secret" />
        </div>
      </Card>
    </section>
  );
}
