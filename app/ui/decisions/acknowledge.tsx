import { Form, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { useT } from "~/ui/i18n";

/** Says that he read it: then it is not shown over every page any more. */
export function Acknowledge({ id }: { id: string }) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  return (
    <Form method="post">
      <input type="hidden" name="id" value={id} />
      <Button name="intent" value="acknowledge" disabled={isBusy}>
        {t("sanctions.acknowledge")}
      </Button>
    </Form>
  );
}
