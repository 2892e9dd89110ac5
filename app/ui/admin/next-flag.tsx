import { Form } from "@remix-run/react";
import { flagsPath } from "~/http/paths";
import { Button } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";

/** Takes the most urgent flag that nobody looks at. */
export function NextFlag() {
  const t = useT();
  return (
    <Form method="post" action={flagsPath}>
      <Button name="intent" value="next" variant="secondary" aria-keyshortcuts="n">
        {t("queue.next")}
        <Icon className="icon-arrow-right size-4 rtl:-scale-x-100" />
      </Button>
    </Form>
  );
}
