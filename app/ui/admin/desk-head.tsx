import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Icon } from "~/ui/icon";

type Props = {
  /** The list that it is in. */
  back: { to: string; label: string };
  /** Beside the title. */
  picture?: ReactNode;
  title: ReactNode;
  /** Below the title. */
  about: ReactNode;
  children: ReactNode;
};

/** What a moderator has before him, and what he can do with it as a whole: in view all the time. */
export function DeskHead({ back, picture, title, about, children }: Props) {
  return (
    <header className="-mx-3 md:-mx-6 sticky top-0 z-20 flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b bg-canvas px-3 py-2 md:px-6">
      <div className="flex min-w-0 grow basis-72 items-center gap-2">
        <Link
          to={back.to}
          aria-label={back.label}
          aria-keyshortcuts="u"
          className="-ms-2 flex size-11 shrink-0 items-center justify-center rounded-xl hover:bg-sunken"
        >
          <Icon className="icon-chevron-left size-6 rtl:-scale-x-100" />
        </Link>
        {picture}
        <div className="min-w-0">
          <h1 className="truncate font-semibold leading-tight">{title}</h1>
          <p className="flex min-w-0 items-center gap-2 text-muted text-sm">{about}</p>
        </div>
      </div>
      {children}
    </header>
  );
}
