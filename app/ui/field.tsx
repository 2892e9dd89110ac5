import type { InputHTMLAttributes } from "react";
import { Icon } from "~/ui/icon";
import { type Phrase, useT } from "./i18n";

type Props = InputHTMLAttributes<HTMLInputElement> & {
  id: string;
  label: string;
  hint?: string;
  errors?: Phrase[];
};

/** A labelled input with its hint and, beside it, what is wrong with it. */
export function Field({ label, hint, errors, id, ...input }: Props) {
  const isInvalid = Boolean(errors?.length);
  const described = [isInvalid && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div>
      <label htmlFor={id} className="block font-medium text-sm">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={isInvalid || undefined}
        aria-describedby={described || undefined}
        className="mt-1.5 block min-h-11 w-full rounded-xl border border-line bg-canvas px-3 py-2 aria-invalid:border-danger"
      />
      {isInvalid && <Errors id={`${id}-error`} errors={errors} />}
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-muted text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What is wrong with a form as a whole. */
export function FormErrors({ id, errors }: { id: string; errors?: Phrase[] }) {
  if (!errors?.length) return null;
  return (
    <div role="alert" className="rounded-xl bg-danger-soft px-4 py-3">
      <Errors id={id} errors={errors} />
    </div>
  );
}

function Errors({ id, errors }: { id: string; errors?: Phrase[] }) {
  const t = useT();
  return (
    <ul id={id} className="mt-1.5 space-y-1 text-danger text-sm first:mt-0">
      {errors?.map((phrase) => (
        <li key={phrase.id} className="flex items-start gap-1.5">
          <Icon className="icon-circle-exclamation-point mt-0.5 size-4 shrink-0" />
          {t(phrase.id, phrase.values)}
        </li>
      ))}
    </ul>
  );
}
