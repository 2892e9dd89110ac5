import { Button } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";

type Props = { intent: string; isSaved: boolean; isBusy: boolean };

/** Below a form that is one of several on its page; says when it was saved. */
export function SaveButton({ intent, isSaved, isBusy }: Props) {
  const t = useT();
  return (
    <div className="mt-4 flex flex-wrap items-center gap-4">
      <Button name="intent" value={intent} disabled={isBusy}>
        {t("filters.save")}
      </Button>
      <p role="status" className="text-sm">
        {isSaved && (
          <span className="flex items-center gap-1.5 text-accent">
            <Icon className="icon-check size-4" />
            {t("filters.saved")}
          </span>
        )}
      </p>
    </div>
  );
}
