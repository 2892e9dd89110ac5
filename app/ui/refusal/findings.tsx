import type { Told, ToldReason } from "~/safety/told";
import { type Language, useT } from "~/ui/i18n";

type Props = { told: Told; id?: string };

/** Why a message was not stored: what was found, in which words, and what to do instead. */
export function Findings({ told, id }: Props) {
  const t = useT();
  const isWarning = told.action === "warn";
  return (
    <div role="alert" id={id} className={`refusal${isWarning ? " refusal-warn" : ""}`}>
      <p className={`font-semibold ${isWarning ? "text-warning" : "text-danger"}`}>
        {t(`refusal.whole.${told.action}`)}
      </p>
      <ul>
        {told.reasons.map((reason, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rules may say the same of the same words
          <li key={at}>
            <Finding reason={reason} t={t} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Finding({ reason, t }: { reason: ToldReason; t: Language["t"] }) {
  const { kind, words, message, isLater, chats = 0 } = reason;
  return (
    <>
      <p>
        <strong>{t(`refusal.found.${kind}`)}</strong>
        {words.map((word) => (
          <mark key={word} dir="auto">
            {word}
          </mark>
        ))}
      </p>
      <p>
        {kind === "rule" ? (
          <span dir="auto">{message}</span>
        ) : (
          t(`refusal.why.${kind}`, { isLater: isLater ? "yes" : "no", chats })
        )}
        {reason.isSplit && ` ${t("refusal.split")}`}
        {reason.isDisguised && ` ${t("refusal.disguised")}`}
      </p>
    </>
  );
}
