import { useState } from "react";
import type { Outbox, Pending } from "~/chats/client/outbox";
import type { Told } from "~/safety/told";
import { buttonClass } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Findings } from "./findings";
import { RefusedEditor } from "./refused-editor";

type Props = { told: Told } & (
  | { item: Pending; outbox: Pick<Outbox, "retry"> }
  /** Beside the field of a form that came back, which has what was typed. */
  | { item?: undefined; id: string; isEdit: boolean }
);

/** Why a message was not stored for what it says, and what its sender can do. */
export default function Refusal(props: Props) {
  const t = useT();
  const { told, item } = props;
  if (item) return <Choices {...props} item={item} />;
  return (
    <div data-apart="refusal" className="pb-2">
      <Findings told={told} id={props.id} />
      {told.confirm && (
        <p className="flex justify-end pt-2">
          <button
            type="submit"
            name="confirm"
            value={told.confirm}
            className={buttonClass("secondary")}
          >
            {t(props.isEdit ? "refusal.saveAnyway" : "refusal.sendAnyway")}
          </button>
        </p>
      )}
    </div>
  );
}

type ChoicesProps = { told: Told; item: Pending; outbox: Pick<Outbox, "retry"> };

/** Of a message that waits in the outbox for its sender. */
function Choices({ told, item, outbox }: ChoicesProps) {
  const t = useT();
  const [isEditing, setIsEditing] = useState(false);
  const retry: Outbox["retry"] = (...changed) => {
    outbox.retry(...changed);
    // What had the focus goes now; whoever is done here writes the next.
    document.getElementById("body")?.focus();
  };
  return (
    <>
      <Findings told={told} />
      {isEditing ? (
        <RefusedEditor item={item} retry={retry} cancel={() => setIsEditing(false)} />
      ) : (
        <>
          {told.confirm && (
            <button
              type="button"
              className={buttonClass("secondary")}
              onClick={() => retry(item.clientId, { confirm: told.confirm })}
            >
              {t("refusal.sendAnyway")}
            </button>
          )}
          <button
            type="button"
            className={buttonClass("secondary")}
            onClick={() => setIsEditing(true)}
          >
            {t("chat.edit")}
          </button>
        </>
      )}
    </>
  );
}
