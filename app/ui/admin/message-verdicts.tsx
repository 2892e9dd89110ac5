import type { StoredVerdict } from "~/moderation/access/case-message";
import type { Reason } from "~/safety/verdict";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";

/** What filters found in a message, and that it was sent all the same. */
export function MessageVerdicts({ verdicts }: { verdicts: readonly StoredVerdict[] }) {
  const t = useT();
  return verdicts.map(({ version, action, stage, reasons }) => (
    <div
      key={version}
      className="mt-1 w-full rounded-lg border border-warning px-2.5 py-1.5 text-sm"
    >
      <p className="flex items-start gap-1.5 text-muted text-xs">
        <Icon className="icon-flag mt-0.5 size-3.5 text-warning" />
        {t(action === "warn" ? "verdict.warned" : "verdict.flagged", {
          stage: t(`subject.stage.${stage}`),
        })}
      </p>
      <ul className="mt-0.5">
        {reasons.map((reason) => (
          <li key={`${reason.kind} ${reason.rule?.id} ${reason.words.join(" ")}`}>
            <Found reason={reason} />
          </li>
        ))}
      </ul>
    </div>
  ));
}

function Found({ reason }: { reason: Reason }) {
  const t = useT();
  const { kind, words, isDisguised, earlier, rule, chats } = reason;
  return (
    <>
      <span className="font-medium">{t(`flag.kind.found-${kind}`)}</span>
      {words.length > 0 && (
        <>
          {": "}
          <bdi className="[overflow-wrap:anywhere]">
            {words.map((word) => `“${word}”`).join(" ")}
          </bdi>
        </>
      )}
      <span className="text-muted">
        {isDisguised && ` · ${t("verdict.disguised")}`}
        {earlier?.length ? ` · ${t("verdict.split")}` : ""}
        {chats !== undefined && ` · ${t("verdict.chats", { count: chats })}`}
        {rule && (
          <>
            {" · "}
            <bdi>{rule.message}</bdi>
          </>
        )}
      </span>
    </>
  );
}
