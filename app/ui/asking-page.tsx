import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { chatPath } from "~/http/paths";
import { buttonClass } from "./button";
import { useT } from "./i18n";
import { Icon } from "./icon";

type Props = {
  chatId: string;
  /** The icon's class, with its colour. */
  icon: string;
  title: string;
  /** Below the title: how it stands. */
  standing?: string;
  meanings: string[];
  /** What is done, as a form. */
  children: ReactNode;
  /** What else there is to read or to do. */
  more: ReactNode;
};

/** Asks once before something is done to a chat, and says what it means; or says that it is done. */
export function AskingPage({ chatId, icon, title, standing, meanings, children, more }: Props) {
  const t = useT();
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-2xl px-4 py-8 md:px-6">
        <h1 className="flex items-center gap-3 font-semibold text-2xl tracking-tight [overflow-wrap:anywhere]">
          <Icon className={`${icon} size-7 shrink-0`} />
          {title}
        </h1>
        {standing && <p className="mt-2 font-medium">{standing}</p>}
        <ul className="mt-5 list-disc space-y-2 ps-6 marker:text-muted">
          {meanings.map((meaning) => (
            <li key={meaning}>{meaning}</li>
          ))}
        </ul>
        <div className="mt-6">{children}</div>
        <p className="mt-3">
          <Link to={chatPath(chatId)} className={buttonClass("secondary")}>
            {t("chat.cancel")}
          </Link>
        </p>
        <div className="mt-8 space-y-2 border-line border-t pt-4 text-muted text-sm">{more}</div>
      </div>
    </div>
  );
}
