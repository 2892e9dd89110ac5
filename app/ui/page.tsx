import type { ReactNode } from "react";

/** The frame of a page that scrolls as a whole: its heading, and its content at a readable width. */
export function Page(props: { title: string; intro?: string; children: ReactNode }) {
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 md:px-6 md:py-10">
      <h1 className="font-semibold text-2xl tracking-tight md:text-3xl">{props.title}</h1>
      {props.intro && <p className="mt-1 text-muted">{props.intro}</p>}
      <div className="mt-6">{props.children}</div>
    </div>
  );
}
