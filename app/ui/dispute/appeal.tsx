import { Card } from "~/ui/card";
import { useFormat, useT } from "~/ui/i18n";
import { ClaimForm, type Refused } from "./claim-form";

type Props = { until: string; mostPictures: number; refused?: Refused };

/** The one appeal against a decision, as long as there is time for it. */
export function Appeal({ until, mostPictures, refused }: Props) {
  const t = useT();
  const { moment } = useFormat();
  return (
    <Card className="p-5 md:p-6">
      <h2 className="font-semibold text-lg">{t("claim.appeal")}</h2>
      <p className="mt-1 mb-5 text-muted text-sm">
        {t("claim.appealText", { time: moment(new Date(until)) })}
      </p>
      <ClaimForm
        intent="appeal"
        statement={{ label: t("claim.appealWhy"), hint: t("claim.appealHint") }}
        submit={t("claim.appeal")}
        mostPictures={mostPictures}
        refused={refused}
      />
    </Card>
  );
}
