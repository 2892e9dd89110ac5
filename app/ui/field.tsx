import type {
  InputHTMLAttributes,
  ReactNode,
  SelectHTMLAttributes,
  TextareaHTMLAttributes,
} from "react";
import { Icon } from "~/ui/icon";
import { type Phrase, useT } from "./i18n";

type FieldProps = { id: string; label: string; hint?: string; errors?: Phrase[] };

const look =
  "mt-1.5 block min-h-11 w-full rounded-xl border border-line bg-canvas px-3 py-2 aria-invalid:border-danger";

/** A labelled input with its hint and, beside it, what is wrong with it. */
export function Field(props: InputHTMLAttributes<HTMLInputElement> & FieldProps) {
  const { label, hint, errors, ...input } = props;
  return (
    <Labelled {...props}>
      <input {...input} {...described(props)} className={look} />
    </Labelled>
  );
}

/** The same for what takes more than a line. */
export function TextArea(props: TextareaHTMLAttributes<HTMLTextAreaElement> & FieldProps) {
  const { label, hint, errors, ...area } = props;
  return (
    <Labelled {...props}>
      <textarea dir="auto" rows={4} {...area} {...described(props)} className={look} />
    </Labelled>
  );
}

type Options = {
  /** After the children, if it has any. */
  options?: readonly (readonly [value: string | number, label: string])[];
};

/** The same for one of a few. */
export function Select(props: SelectHTMLAttributes<HTMLSelectElement> & FieldProps & Options) {
  const { label, hint, errors, options, children, ...select } = props;
  return (
    <Labelled {...props}>
      <select {...select} {...described(props)} className={look}>
        {children}
        {options?.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function Labelled({ id, label, hint, errors, children }: FieldProps & { children?: ReactNode }) {
  return (
    <div>
      <label htmlFor={id} className="block font-medium text-sm">
        {label}
      </label>
      {children}
      {errors?.length ? <Errors id={`${id}-error`} errors={errors} /> : null}
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-muted text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}

function described({ id, hint, errors }: FieldProps) {
  const isInvalid = Boolean(errors?.length);
  const ids = [isInvalid && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return { "aria-invalid": isInvalid || undefined, "aria-describedby": ids || undefined };
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
