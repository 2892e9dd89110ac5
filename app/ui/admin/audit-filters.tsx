import { Form, Link } from "@remix-run/react";
import { auditPath } from "~/http/paths";
import { auditActions } from "~/moderation/audit/audit-actions";
import type { AuditField } from "~/moderation/audit/audit-query.server";
import { Button, buttonClass } from "~/ui/button";
import { Field } from "~/ui/field";
import { type Phrase, useT } from "~/ui/i18n";

type Props = {
  typed: Partial<Record<AuditField, string>>;
  errors: Partial<Record<AuditField, Phrase>>;
  sort: string;
};

/** Which entries of the audit log; a form that leads to an address. */
export function AuditFilters({ typed, errors, sort }: Props) {
  const t = useT();
  const isFiltered = Object.keys(typed).length > 0;
  const field = (name: Exclude<AuditField, "action">, type = "text", hint?: string) => (
    <Field
      id={`audit-${name}`}
      name={name}
      type={type}
      label={t(`audit.field.${name}`)}
      hint={hint}
      defaultValue={typed[name]}
      errors={errors[name] && [errors[name]]}
      autoComplete="off"
    />
  );
  return (
    <details open={isFiltered} className="mt-4 rounded-2xl border border-line bg-surface">
      <summary className="min-h-11 cursor-pointer px-4 py-2.5 font-medium">
        {t("audit.filter")}
      </summary>
      <Form className="grid gap-4 px-4 pb-4 sm:grid-cols-2 lg:grid-cols-3">
        {sort !== "newest" && <input type="hidden" name="sort" value={sort} />}
        {field("person", "text", t("audit.hint.person"))}
        {field("chat", "text", t("audit.hint.id"))}
        {field("dispute", "text", t("audit.hint.id"))}
        <div>
          <label htmlFor="audit-action" className="block font-medium text-sm">
            {t("audit.field.action")}
          </label>
          <select
            id="audit-action"
            name="action"
            defaultValue={typed.action}
            className="mt-1.5 block min-h-11 w-full rounded-xl border border-line bg-canvas px-3 py-2"
          >
            <option value="">{t("audit.any")}</option>
            {auditActions.map((action) => (
              <option key={action} value={action}>
                {t(`audit.action.${action}`)}
              </option>
            ))}
          </select>
        </div>
        {field("from", "date")}
        {field("to", "date")}
        <p className="flex gap-3">
          <Button>{t("audit.find")}</Button>
          {isFiltered && (
            <Link to={auditPath({})} className={buttonClass("secondary")}>
              {t("audit.clear")}
            </Link>
          )}
        </p>
      </Form>
    </details>
  );
}
