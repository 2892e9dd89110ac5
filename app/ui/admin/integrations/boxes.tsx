import type { RefusedForm } from "~/http/refused-form";
import { FormErrors } from "~/ui/field";

type Props = {
  id: string;
  name: string;
  legend: string;
  choices: readonly { value: string; label: string; hint?: string }[];
  /** What is ticked until somebody changes it. */
  chosen?: readonly string[];
  /** The form that was not taken: what was ticked in it counts instead. */
  refused?: RefusedForm;
};

/** Any of a few, each with what it means below it. */
export function Boxes({ id, name, legend, choices, chosen = [], refused }: Props) {
  // One that is unknown by now is told of as its place in the list.
  const errors = Object.entries(refused?.errors ?? {})
    .filter(([field]) => field === name || field.startsWith(`${name}[`))
    .flatMap(([, phrases]) => phrases ?? [])
    .slice(0, 1);
  const ticked = refused ? (refused.ticked[name] ?? [refused.typed[name]]) : chosen;
  return (
    <fieldset aria-describedby={errors.length ? `${id}-error` : undefined}>
      <legend className="font-medium text-sm">{legend}</legend>
      <div className="mt-1.5 space-y-1">
        <FormErrors id={`${id}-error`} errors={errors} />
        {choices.map(({ value, label, hint }) => (
          <label
            key={value}
            className="flex min-h-11 cursor-pointer items-start gap-3 rounded-xl px-2 py-2 hover:bg-sunken"
          >
            <input
              type="checkbox"
              name={name}
              value={value}
              defaultChecked={ticked.includes(value)}
              className="mt-0.5 size-5 shrink-0 accent-accent"
            />
            <span className="min-w-0 text-sm [overflow-wrap:anywhere]">
              <span className="font-medium font-mono">{label}</span>
              {hint && <span className="block text-muted">{hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
