import type { ReactNode } from "react";
import { Card } from "~/ui/card";

/** The frame of signing in and joining. */
export function AccountPage(props: { title: string; intro: string; children: ReactNode }) {
  return (
    <div className="mx-auto w-full max-w-md px-4 py-10 md:py-16">
      <Card className="p-6 md:p-8">
        <h1 className="font-semibold text-2xl tracking-tight">{props.title}</h1>
        <p className="mt-1 mb-6 text-muted">{props.intro}</p>
        {props.children}
      </Card>
    </div>
  );
}
