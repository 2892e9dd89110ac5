import type { RuleHistory } from "~/safety/rules/rule-draft";
import { useLanguage } from "~/ui/i18n";
import { Panel } from "../panel";
import { ActionLabel } from "./action-label";

/** What a rule said in each of its versions. */
export function RuleVersions({ rule }: { rule: RuleHistory }) {
  const { t, format } = useLanguage();
  return (
    <Panel id="versions" title={t("rule.versions")}>
      <ol className="divide-y divide-line">
        {rule.versions.map(({ version, by, at, name, kind, pattern, action, stages, message }) => (
          <li key={version} className="py-3 first:pt-0 last:pb-0">
            <details open={rule.isRemoved && version === rule.versions[0].version}>
              <summary className="cursor-pointer py-1 text-sm pointer-coarse:py-3">
                {t("rule.version", { version, by, at: format.moment(new Date(at)) })}
              </summary>
              <div className="mt-1 space-y-1 text-sm [overflow-wrap:anywhere]">
                <p className="flex flex-wrap items-center gap-2">
                  <bdi className="font-medium">{name}</bdi> <ActionLabel action={action} />
                </p>
                <p className="text-muted">
                  {t(`rule.kind.${kind}`)} ·{" "}
                  {stages.map((stage) => t(`subject.stage.${stage}`)).join(", ")}
                </p>
                <pre dir="auto" className="whitespace-pre-wrap rounded-lg bg-sunken p-2 font-mono">
                  {pattern}
                </pre>
                <p dir="auto" className="whitespace-pre-wrap text-muted">
                  {message}
                </p>
              </div>
            </details>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
