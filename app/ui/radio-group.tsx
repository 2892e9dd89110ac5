import { FormErrors } from "./field";
import type { Phrase } from "./i18n";

export type RadioChoice = { value: string; label: string; hint?: string };

type Props = {
  id: string;
  name: string;
  legend: string;
  choices: readonly RadioChoice[];
  chosen?: string;
  errors?: Phrase[];
};

/** One of a few that need words: each as large as a finger, with what it means below it. */
export function RadioGroup({ id, name, legend, choices, chosen, errors }: Props) {
  return (
    <fieldset aria-describedby={errors?.length ? `${id}-error` : undefined}>
      <legend className="font-medium">{legend}</legend>
      <div className="mt-2 space-y-2">
        <FormErrors id={`${id}-error`} errors={errors} />
        {choices.map(({ value, label, hint }) => (
          <label
            key={value}
            className="flex min-h-11 cursor-pointer items-start gap-3 rounded-xl border border-line px-4 py-2.5 hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={name}
              value={value}
              required
              defaultChecked={value === chosen}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <bdi>{label}</bdi>
              {hint && <span className="block text-muted text-sm">{hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
