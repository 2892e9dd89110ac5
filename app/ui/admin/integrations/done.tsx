import { Icon } from "~/ui/icon";

/** Says that it is done, and stands there empty before. */
export function Done({ text }: { text: string | false }) {
  return (
    <p role="status" className="text-sm">
      {text && (
        <span className="flex items-center gap-1.5 text-accent">
          <Icon className="icon-check size-4 shrink-0" />
          {text}
        </span>
      )}
    </p>
  );
}
