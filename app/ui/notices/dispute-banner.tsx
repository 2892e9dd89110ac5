import { Link } from "@remix-run/react";
import { disputePath } from "~/http/paths";
import type { Dispute } from "~/moderation/disputes/dispute";
import { useFormat, useT } from "~/ui/i18n";

type Props = { chatId: string; dispute: Dispute; now: number };

/** How the dispute of a chat stands, as long as anything can come of it. */
export default function DisputeBanner({ chatId, dispute, now }: Props) {
  const t = useT();
  const { moment } = useFormat();
  const { status, firstLookDue, decisionDue, appealUntil } = dispute;
  const due = { open: firstLookDue, in_review: decisionDue, resolved: appealUntil }[status];
  if (!due || (status === "resolved" && Date.parse(due) < now)) return null;
  return (
    <p
      data-apart="notices"
      className="flex items-center gap-3 border-line border-b bg-warning-soft px-4 py-1 text-sm text-warning"
    >
      <span className="flex-1">{t(`chat.dispute.${status}`, { time: moment(new Date(due)) })}</span>
      <Link
        to={disputePath(chatId)}
        className="flex min-h-11 items-center font-medium underline underline-offset-2"
      >
        {t("chat.dispute.details")}
      </Link>
    </p>
  );
}
