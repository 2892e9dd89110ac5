import type { ReactNode } from "react";
import { Card } from "~/ui/card";

type Props = {
  /** Of the section in the address. */
  id: string;
  title: string;
  /** Beside the title: a count, a link. */
  aside?: ReactNode;
  children: ReactNode;
};

/** One part of a page of many parts, which an address can lead to. */
export function Panel({ id, title, aside, children }: Props) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-28">
      <Card className="p-4">
        <div className="flex items-baseline justify-between gap-3">
          <h2 id={`${id}-title`} className="font-semibold">
            {title}
          </h2>
          {aside}
        </div>
        <div className="mt-3">{children}</div>
      </Card>
    </section>
  );
}
