import type { Told } from "~/safety/told";
import { buttonClass } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Findings } from "./findings";

type Props = { told: Told; id: string; isEdit: boolean };

/** Below the field of a form that came back, which has what was typed; a warning can be overruled. */
export default function RefusedForm({ told, id, isEdit }: Props) {
  const t = useT();
  return (
    <div className="px-2 pt-2">
      <Findings told={told} id={id} />
      {told.confirm && (
        <p className="flex justify-end pt-1">
          <button
            type="submit"
            name="confirm"
            value={told.confirm}
            className={buttonClass("secondary")}
          >
            {t(isEdit ? "refusal.saveAnyway" : "refusal.sendAnyway")}
          </button>
        </p>
      )}
    </div>
  );
}
