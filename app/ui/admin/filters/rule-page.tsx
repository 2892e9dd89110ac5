import { Form, Link, useNavigation } from "@remix-run/react";
import { filtersPath, rulePath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { RulePage } from "~/safety/rules/rule-page.server";
import { Button } from "~/ui/button";
import { FormErrors } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { Panel } from "../panel";
import { DryRunPanel } from "./dry-run-panel";
import { HitFigure } from "./hit-figure";
import { RuleFields } from "./rule-fields";
import { RuleVersions } from "./rule-versions";

type Props = { page: RulePage & { done: string | null }; refused?: RefusedForm };

/** One of the admins' own rules: what it says and said, what it would do, and what it did. */
export function RulePageView({ page, refused }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { rule, plot, days, done } = page;
  const [newest] = rule.versions;
  const own = partOf(refused, "save");
  const other = refused?.intent === "save" ? undefined : refused?.errors[""];
  const isSaved = done === "save" && !refused;
  return (
    <>
      <p className="mt-4 text-sm">
        <Link to={filtersPath({}, "rules")} className="text-accent underline">
          {t("filters.title")}
        </Link>
      </p>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-3">
        <h1 className="min-w-0 font-semibold text-2xl tracking-tight [overflow-wrap:anywhere]">
          <bdi>{newest.name}</bdi>
        </h1>
        {rule.isRemoved ? (
          <p className="font-medium text-muted">{t("rule.isRemoved")}</p>
        ) : (
          <Switch page={page} isBusy={isBusy} />
        )}
      </div>
      <FormErrors id="rule-refused" errors={other} />
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-2">
        <div className="min-w-0 space-y-4">
          {!rule.isRemoved && (
            <Panel id="rule" title={t("rule.what")}>
              <Form
                // What was saved elsewhere shows here, too.
                key={`${newest.version} ${JSON.stringify(own.typed)}`}
                method="post"
                action={rulePath(rule.id)}
                className="space-y-4"
              >
                <FormErrors id="rule-error" errors={own.errors[""]} />
                <input type="hidden" name="version" value={newest.version} />
                <RuleFields
                  rule={newest}
                  errors={own.errors}
                  typed={refused?.intent === "save" ? own.typed : undefined}
                  stages={page.stages}
                />
                <div className="flex flex-wrap items-center gap-4">
                  <Button name="intent" value="save" disabled={isBusy}>
                    {t("rule.save")}
                  </Button>
                  <p role="status" className="text-sm">
                    {isSaved && (
                      <span className="flex items-center gap-1.5 text-accent">
                        <Icon className="icon-check size-4" />
                        {t("rule.savedAs", { version: newest.version })}
                      </span>
                    )}
                  </p>
                </div>
              </Form>
            </Panel>
          )}
          <RuleVersions rule={rule} />
        </div>
        <div className="min-w-0 space-y-4">
          <DryRunPanel page={page} isBusy={isBusy} />
          <HitFigure title={newest.name} plot={plot} days={days} />
          {!rule.isRemoved && <Remove id={rule.id} isBusy={isBusy} />}
        </div>
      </div>
    </>
  );
}

function Switch({ page: { rule }, isBusy }: Pick<Props, "page"> & { isBusy: boolean }) {
  const t = useT();
  return (
    <Form method="post" action={rulePath(rule.id)} className="flex items-center gap-3">
      <input type="hidden" name="version" value={rule.versions[0].version} />
      <input type="hidden" name="isOn" value={String(!rule.isOn)} />
      <p role="status" className={rule.isOn ? "font-medium text-accent" : "text-muted"}>
        {t(rule.isOn ? "rule.isOn" : "rule.isOff")}
      </p>
      <Button
        variant={rule.isOn ? "secondary" : "primary"}
        name="intent"
        value="switch"
        disabled={isBusy}
      >
        {t(rule.isOn ? "rule.switchOff" : "rule.switchOn")}
      </Button>
    </Form>
  );
}

/** Two steps, because nothing brings it back. */
function Remove({ id, isBusy }: { id: string; isBusy: boolean }) {
  const t = useT();
  return (
    <details className="rounded-2xl border border-line bg-surface p-4 shadow-card">
      <summary className="cursor-pointer py-1 font-medium">{t("rule.remove")}</summary>
      <Form method="post" action={rulePath(id)} className="mt-2 space-y-3">
        <p className="text-muted text-sm">{t("rule.removeText")}</p>
        <Button variant="secondary" name="intent" value="remove" disabled={isBusy}>
          {t("rule.removeButton")}
        </Button>
      </Form>
    </details>
  );
}
