import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { RefusedForm } from "~/http/refused-form";
import { partOf } from "~/http/refused-form";
import type { Template } from "~/moderation/disputes/template";
import { Button } from "~/ui/button";
import { FormErrors, TextArea } from "~/ui/field";
import { useLanguage, useT } from "~/ui/i18n";
import { TemplateMenu } from "./template-menu";

type Choice = {
  value: string;
  label: string;
  /** The key that makes it, and goes on to the words. */
  shortcut?: string;
};

type Props = {
  /** The field that says which. */
  name: string;
  legend: string;
  choices: Choice[];
  /** The key that goes to the choices, where none makes one. */
  shortcut?: string;
  words: { id: string; name: string; label: string; hint: string };
  templates: Template[];
  refusal?: RefusedForm;
  /** What goes with some of the choices: between them and the words. */
  children?: ReactNode;
};

/** One of a few ways in which something ends, with the reasons for it. */
export function Deciding({ name, legend, choices, words, children, ...more }: Props) {
  const t = useT();
  const { templates, refusal } = more;
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(refusal, "decide");
  return (
    <Form method="post" preventScrollReset className="group/decide space-y-3">
      <FormErrors id="decide-error" errors={errors[""] ?? errors[name]} />
      <fieldset>
        <legend className="sr-only">{legend}</legend>
        <div className="grid grid-cols-2 gap-2">
          {choices.map(({ value, label, shortcut }, at) => (
            <label
              key={value}
              className="flex min-h-11 cursor-pointer items-center gap-2 rounded-xl border border-line px-3 py-2 text-sm has-checked:border-accent has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name={name}
                value={value}
                required
                aria-keyshortcuts={shortcut ?? (at === 0 ? more.shortcut : undefined)}
                data-then={shortcut && words.id}
                defaultChecked={typed[name] === value}
                className="size-4 shrink-0 accent-accent"
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      {children}
      <TextArea {...words} required errors={errors[words.name]} defaultValue={typed[words.name]} />
      <div className="flex items-center justify-between gap-2">
        <TemplateMenu templates={templates} into={words.id} />
        <Button name="intent" value="decide" disabled={isBusy}>
          {t("case.decision.decide")}
        </Button>
      </div>
    </Form>
  );
}

type DecidedProps = {
  decider: string | null;
  /** ISO 8601, UTC. */
  resolvedAt: string | null;
  words: string | null;
  /** Beside when it was. */
  note?: string;
};

/** Who decided it when, and the reasons. */
export function Decided({ decider, resolvedAt, words, note }: DecidedProps) {
  const { format } = useLanguage();
  return (
    <>
      <p className="text-muted text-sm">
        {decider && <bdi className="font-medium">{decider} · </bdi>}
        {resolvedAt && <time dateTime={resolvedAt}>{format.moment(new Date(resolvedAt))}</time>}
        {note && ` · ${note}`}
      </p>
      {words && (
        <p dir="auto" className="mt-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {words}
        </p>
      )}
    </>
  );
}
