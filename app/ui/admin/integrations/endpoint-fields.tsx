import type { RefusedForm } from "~/http/refused-form";
import { type EventType, eventTypes } from "~/integration/webhooks/event-types";
import { Field } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Boxes } from "./boxes";

type Props = {
  url?: string;
  chosen: readonly EventType[];
  /** The form that was not taken. */
  refused?: RefusedForm;
};

/** Where an endpoint is, and what it is told of. */
export function EndpointFields({ url, chosen, refused }: Props) {
  const t = useT();
  return (
    <>
      <Field
        id="url"
        name="url"
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        dir="ltr"
        required
        label={t("webhooks.url")}
        hint={t("webhooks.urlHint")}
        errors={refused?.errors.url}
        defaultValue={refused ? refused.typed.url : url}
      />
      <Boxes
        id="types"
        name="eventTypes"
        legend={t("webhooks.types")}
        choices={eventTypes.map((type) => ({
          value: type,
          label: type,
          hint: t(`webhooks.type.${type}`),
        }))}
        chosen={chosen}
        refused={refused}
      />
    </>
  );
}
