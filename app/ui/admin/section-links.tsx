import { type MessageId, useT } from "~/ui/i18n";

export type SectionLink = { id: string; label: MessageId };

/** On a phone the parts of a long page stand below each other: these lead to each of them. */
export function SectionLinks({ label, links }: { label: string; links: readonly SectionLink[] }) {
  const t = useT();
  return (
    <nav aria-label={label} className="overflow-x-auto lg:hidden">
      <ul className="flex w-max gap-1">
        {links.map(({ id, label }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="flex min-h-11 items-center rounded-xl px-3 font-medium text-muted text-sm hover:bg-sunken hover:text-ink"
            >
              {t(label)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
