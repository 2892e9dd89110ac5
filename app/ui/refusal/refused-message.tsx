import { useState } from "react";
import type { Outbox, Pending } from "~/chats/client/outbox";
import type { Told } from "~/safety/told";
import { buttonClass } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Findings } from "./findings";
import { RefusedEditor } from "./refused-editor";

type Props = { item: Pending; told: Told; retry: Outbox["retry"] };

/** A message that was not stored because of what it says: why, and what its sender can do. */
export default function RefusedMessage({ item, told, retry }: Props) {
  const t = useT();
  const [isEditing, setIsEditing] = useState(false);
  const again: Outbox["retry"] = (...changed) => {
    retry(...changed);
    // What had the focus goes now; whoever is done here writes the next.
    document.getElementById("body")?.focus();
  };
  return (
    <>
      <Findings told={told} />
      {isEditing ? (
        <RefusedEditor item={item} retry={again} cancel={() => setIsEditing(false)} />
      ) : (
        <>
          {told.confirm && (
            <button
              type="button"
              className={buttonClass("secondary")}
              onClick={() => again(item.clientId, { confirm: told.confirm })}
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
