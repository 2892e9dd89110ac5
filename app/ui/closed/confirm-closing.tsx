import { Form, Link } from "@remix-run/react";
import { buttonClass } from "~/ui/button";
import { useT } from "~/ui/i18n";

/** Asked before it is done, because it is for both and for good. */
export default function ConfirmClosing({ action }: { action: string }) {
  const t = useT();
  return (
    <Form
      method="post"
      data-apart="closed"
      action={action}
      className="flex flex-wrap items-center justify-end gap-2 border-line border-b bg-warning-soft px-4 py-3 text-warning"
    >
      <p className="min-w-60 flex-1">{t("chat.close.confirm")}</p>
      <Link to={action} className={buttonClass("secondary")}>
        {t("chat.cancel")}
      </Link>
      <button
        type="submit"
        name="intent"
        value="close"
        className={buttonClass("primary", "bg-danger text-surface hover:bg-danger")}
      >
        {t("chat.close")}
      </button>
    </Form>
  );
}
