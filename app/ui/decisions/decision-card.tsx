import type { ReactNode } from "react";
import { Card } from "~/ui/card";

type Props = {
  id: string;
  heading: "h2" | "h3";
  title: string;
  when: string;
  children: ReactNode;
};

/** One thing that moderators decided about somebody. */
export function DecisionCard({ id, heading: Heading, title, when, children }: Props) {
  return (
    <Card className="p-5 md:p-6">
      <article id={id} aria-labelledby={`${id}-title`} className="space-y-4">
        <header className="flex flex-wrap items-baseline justify-between gap-x-4">
          <Heading id={`${id}-title`} className="font-semibold text-lg">
            {title}
          </Heading>
          <p className="text-muted text-sm">{when}</p>
        </header>
        {children}
      </article>
    </Card>
  );
}
