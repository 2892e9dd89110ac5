import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button } from "~/ui/button";
import { Card } from "~/ui/card";
import { FormErrors } from "~/ui/field";
import type { Phrase } from "~/ui/i18n";

type ListProps = {
  /** Of the section in the address. */
  id: string;
  title: string;
  intro: string;
  /** What was just done to one of them. */
  done?: string | false;
  errors?: Phrase[];
  /** Between what is said of them and the list. */
  before?: ReactNode;
  /** One item each. */
  children: ReactNode;
  after?: ReactNode;
};

/** One part of the settings: some things, most of which can be ended. */
export function SettingsList({ id, title, intro, done, errors, before, ...props }: ListProps) {
  return (
    <Card className="mt-4 max-w-2xl p-5 md:p-6">
      <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-20 space-y-3">
        <h2 id={`${id}-title`} className="font-semibold text-lg">
          {title}
        </h2>
        <p className="text-pretty text-muted text-sm">{intro}</p>
        {before}
        <FormErrors id={`${id}-error`} errors={errors} />
        <p role="status" className="text-accent text-sm empty:hidden">
          {done}
        </p>
        <ul className="divide-y divide-line">{props.children}</ul>
        {props.after}
      </section>
    </Card>
  );
}

type ItemProps = {
  picture: ReactNode;
  name: ReactNode;
  detail: string;
  /** The field that says which it is, and what ends it; `label` is for who does not see the rest. */
  ending?: { field: string; value: string; intent: string; button: string; label: string };
};

export function SettingsItem({ picture, name, detail, ending }: ItemProps) {
  return (
    <li className="flex flex-wrap items-center gap-3 py-3">
      {picture}
      <div className="min-w-0 flex-1 basis-40">
        <p className="truncate font-medium">{name}</p>
        <p className="text-muted text-sm">{detail}</p>
      </div>
      {ending && <Ending {...ending} />}
    </li>
  );
}

function Ending({ field, value, intent, button, label }: NonNullable<ItemProps["ending"]>) {
  const isBusy = useNavigation().state !== "idle";
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name={field} value={value} />
      <Button variant="secondary" name="intent" value={intent} disabled={isBusy} aria-label={label}>
        {button}
      </Button>
    </Form>
  );
}
