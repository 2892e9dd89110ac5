import type { SideView } from "~/moderation/disputes/side-view.server";
import { PictureGrid } from "~/ui/chat/picture-grid";
import { useT } from "~/ui/i18n";

/** What somebody told moderators, for himself to read again. */
export function OwnWords({ own }: { own: NonNullable<SideView["own"]> }) {
  const t = useT();
  return (
    <section className="rounded-xl bg-sunken px-4 py-3 text-sm">
      <h3 className="font-medium">{t("claim.own")}</h3>
      <p dir="auto" className="mt-1 whitespace-pre-line [overflow-wrap:anywhere]">
        {own.statement}
      </p>
      {own.evidence.length > 0 && (
        <div className="mt-3">
          <PictureGrid attachments={own.evidence} t={t} />
        </div>
      )}
    </section>
  );
}
