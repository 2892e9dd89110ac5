import type { Step } from "~/moderation/audit/step";
import { useFormat, useT } from "~/ui/i18n";
import { Panel } from "./panel";

/** Who did or looked at what, from the audit log. */
export function Timeline({ steps }: { steps: readonly Step[] }) {
  const t = useT();
  const format = useFormat();
  return (
    <Panel id="timeline" title={t("case.timeline")}>
      <ol className="space-y-2 border-line border-s ps-4 text-sm">
        {steps.map((step) => (
          <li
            key={step.seq}
            className="relative before:absolute before:-start-[1.3rem] before:top-1.5 before:size-2 before:rounded-full before:bg-line"
          >
            <span>{t(`audit.action.${step.action}`)}</span>{" "}
            <span className="text-muted">
              <bdi>{step.actor.name ?? t(`case.actor.${step.actor.role}`)}</bdi>
              {step.person && (
                <>
                  {" → "}
                  <bdi>{step.person}</bdi>
                </>
              )}
              {" · "}
              <time dateTime={step.at} className="whitespace-nowrap">
                {format.moment(new Date(step.at))}
              </time>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
