type Props = { name: string; label: string; hint: string; defaultChecked: boolean };

/** A choice that is on or off, with what it means. A checkbox, so that plain forms send it. */
export function Switch({ name, label, hint, defaultChecked }: Props) {
  return (
    <div className="flex items-start gap-4">
      <div className="min-w-0 flex-1">
        <label htmlFor={name} className="block font-medium">
          {label}
        </label>
        <p id={`${name}-hint`} className="mt-1 text-pretty text-muted text-sm">
          {hint}
        </p>
      </div>
      {/* As large as a finger, around what shows. */}
      <span className="relative flex h-11 w-12 shrink-0 items-center">
        <input
          type="checkbox"
          id={name}
          name={name}
          defaultChecked={defaultChecked}
          aria-describedby={`${name}-hint`}
          className="peer absolute inset-0 size-full cursor-pointer appearance-none rounded-xl"
        />
        <span
          aria-hidden
          className="pointer-events-none flex h-7 w-12 items-center rounded-full border-2 border-muted bg-canvas px-1 transition-colors before:size-4 before:rounded-full before:bg-muted before:transition-transform peer-checked:border-accent peer-checked:bg-accent peer-checked:before:translate-x-5 peer-checked:before:bg-on-accent rtl:peer-checked:before:-translate-x-5 forced-colors:border-[ButtonText] forced-colors:before:bg-[ButtonText]"
        />
      </span>
    </div>
  );
}
