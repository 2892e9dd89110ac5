import type { ReactNode } from "react";
import { type Filter, type FilterKind, type Stage, strengths } from "~/safety/filters";
import type { FilterAction } from "~/safety/verdict";
import { type MessageId, useT } from "~/ui/i18n";

type Props = {
  kind: FilterKind;
  filter: Filter;
  stages: readonly Stage[];
  actions: readonly FilterAction[];
  /** Of a form that was not taken. */
  typed?: Record<string, string | undefined>;
  hits: ReactNode;
};

/** One kind of filter: whether it is on, how much it takes, and what it does at each stage. */
export function FilterRow({ kind, filter, stages, actions, typed, hits }: Props) {
  const t = useT();
  const name = t(`filters.kind.${kind}`);
  const isOn = typed ? typed[`${kind}_on`] !== undefined : filter.isOn;
  return (
    <fieldset
      id={kind}
      className="grid min-w-0 scroll-mt-28 grid-cols-2 items-start gap-x-3 gap-y-2 py-4 sm:grid-cols-3 lg:grid-cols-[minmax(0,1fr)_3.5rem_repeat(6,6rem)] lg:gap-2 lg:py-3"
    >
      <legend className="sr-only">{name}</legend>
      <div className="col-span-full min-w-0 lg:col-span-1">
        <p aria-hidden className="font-medium">
          {name}
        </p>
        <p id={`${kind}-hint`} className="text-pretty text-muted text-sm">
          {t(`filters.about.${kind}`)}
        </p>
        <p>{hits}</p>
      </div>
      <label className="flex min-h-11 items-center gap-3 self-end lg:self-start">
        <input
          type="checkbox"
          name={`${kind}_on`}
          defaultChecked={isOn}
          aria-describedby={`${kind}-hint`}
          className="size-5 accent-accent"
        />
        <span className="text-sm lg:sr-only">{t("filters.on")}</span>
      </label>
      <Choice
        name={`${kind}_strength`}
        label={t("filters.strength")}
        value={filter.strength}
        typed={typed?.[`${kind}_strength`]}
        options={strengths.map((one) => [one, `filters.strength.${one}`])}
      />
      {stages.map((stage) => (
        <Choice
          key={stage}
          name={`${kind}_${stage}`}
          label={t(`subject.stage.${stage}`)}
          value={filter.actions[stage]}
          typed={typed?.[`${kind}_${stage}`]}
          options={actions.map((one) => [one, `filters.action.${one}`])}
        />
      ))}
    </fieldset>
  );
}

type ChoiceProps = {
  name: string;
  label: string;
  value: string;
  typed?: string;
  options: [value: string, label: MessageId][];
};

/** With what is saved below it, where somebody chose something else than that and it was not taken. */
function Choice({ name, label, value, typed = value, options }: ChoiceProps) {
  const t = useT();
  const saved = options.find(([one]) => one === value)?.[1];
  return (
    <label className="block min-w-0">
      <span className="block text-muted text-xs lg:sr-only">{label}</span>
      <select
        name={name}
        defaultValue={typed}
        className="min-h-11 w-full min-w-0 rounded-xl border border-line bg-canvas px-2 text-sm"
      >
        {options.map(([one, label]) => (
          <option key={one} value={one}>
            {t(label)}
          </option>
        ))}
      </select>
      {typed !== value && saved && (
        <span className="mt-1 block text-danger text-xs">
          {t("filters.nowSaved", { value: t(saved) })}
        </span>
      )}
    </label>
  );
}
