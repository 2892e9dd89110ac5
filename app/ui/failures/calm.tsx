import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { homePath } from "~/http/paths";
import { buttonClass } from "../button";
import { useT } from "../i18n";

/** A page that could not be shown: what is the matter, and a way on. */
export function Calm(props: {
  icon: ReactNode;
  title: string;
  text: string;
  children?: ReactNode;
}) {
  const t = useT();
  return (
    <div className="mx-auto flex w-full max-w-md flex-1 flex-col items-center justify-center px-4 py-16 text-center">
      <div className="rounded-full bg-accent-soft p-5 text-accent">{props.icon}</div>
      <h1 className="mt-6 font-semibold text-2xl tracking-tight">{props.title}</h1>
      <p className="mt-2 text-muted">{props.text}</p>
      {props.children}
      <Link to={homePath} reloadDocument className={buttonClass("primary", "mt-8")}>
        {t("error.home")}
      </Link>
    </div>
  );
}
