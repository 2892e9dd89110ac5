import { suspensionDays } from "~/moderation/people/sanction";
import { Select } from "~/ui/field";
import type { Phrase } from "~/ui/i18n";
import { useT } from "~/ui/i18n";

/** How long a suspension lasts; what else a form makes has no end. */
export function SuspensionDays({ id, errors, typed }: Props) {
  const t = useT();
  return (
    <Select
      id={id}
      name="days"
      label={t("user.days")}
      errors={errors}
      defaultValue={typed ?? "7"}
      options={suspensionDays.map((count) => [count, t("user.dayCount", { count })])}
    />
  );
}

type Props = { id: string; errors?: Phrase[]; typed?: string };
