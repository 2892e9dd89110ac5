import { Form, Link, useNavigation } from "@remix-run/react";
import { userPath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { Hold } from "~/retention/hold";
import { Button } from "~/ui/button";
import { FormErrors, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Panel } from "./panel";
import { HoldLine } from "./retention/hold-line";

type Page = {
  userId: string;
  name: string;
  holds: Hold[];
  messages: "kept" | "removed";
  days: number;
};
type Props = { page: Page; refused?: RefusedForm };

/** What deleting the account of a person does, and where an admin does it. */
export function ErasePage({ page: { userId, name, holds, messages, days }, refused }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(refused, "erase");
  return (
    <div className="mx-auto mt-5 max-w-3xl space-y-4">
      <h1 className="font-semibold text-2xl tracking-tight">
        {t("user.erase.of")}{" "}
        <Link to={userPath(userId)} className="text-accent underline [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
        </Link>
      </h1>
      <Panel id="what" title={t("user.erase.what")}>
        <p className="text-pretty">{t("user.erase.text", { days })}</p>
        <p className="mt-2 text-pretty">{t("user.erased.messages", { messages })}</p>
        {holds.length > 0 && (
          <>
            <p className="mt-2 text-pretty">{t("user.erase.held")}</p>
            <ul className="mt-1 text-sm">
              {holds.map((hold) => (
                <HoldLine key={hold.id} hold={hold} />
              ))}
            </ul>
          </>
        )}
      </Panel>
      <Panel id="erase" title={t("user.erase.title")}>
        <Form method="post" className="space-y-4">
          <FormErrors id="erase-error" errors={errors[""]} />
          <TextArea
            id="reason"
            name="reason"
            rows={2}
            required
            label={t("user.erase.reason")}
            hint={t("user.erase.reasonHint")}
            errors={errors.reason}
            defaultValue={typed.reason}
          />
          <FormErrors id="sure-error" errors={errors.isSure} />
          <label className="flex min-h-11 items-center gap-3">
            <input type="checkbox" name="isSure" required className="size-5 accent-accent" />
            {t("user.erase.sure")}
          </label>
          <Button variant="danger" name="intent" value="erase" disabled={isBusy}>
            {t("user.erase.button")}
          </Button>
        </Form>
      </Panel>
    </div>
  );
}
