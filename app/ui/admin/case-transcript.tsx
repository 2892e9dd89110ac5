import { caseTranscriptPath } from "~/http/paths";
import { useT } from "~/ui/i18n";
import { Panel } from "./panel";

const formats = ["pdf", "html", "json"] as const;
const copies = ["full", "buyer", "seller"] as const;

/** The chat as evidence, as long as the case is open: whole, or masked for one side. */
export function CaseTranscript({ disputeId }: { disputeId: string }) {
  const t = useT();
  return (
    <Panel id="transcript" title={t("case.transcript")}>
      <ul className="space-y-1 text-sm">
        {copies.map((copy) => (
          <li key={copy} className="flex items-center justify-between gap-3">
            <span className="min-w-0">{t(`case.transcript.${copy}`)}</span>
            <span className="flex">
              {formats.map((format) => (
                <a
                  key={format}
                  href={caseTranscriptPath(disputeId, format, copy === "full" ? undefined : copy)}
                  aria-label={`${t(`case.transcript.${copy}`)}, ${format.toUpperCase()}`}
                  className="flex min-h-9 items-center px-2 font-medium text-accent underline underline-offset-2 pointer-coarse:min-h-11"
                >
                  {format.toUpperCase()}
                </a>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
