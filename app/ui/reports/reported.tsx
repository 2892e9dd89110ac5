import type { ReportView } from "~/safety/reports/read-report-page.server";
import { PictureGrid } from "~/ui/chat/picture-grid";
import { useLanguage } from "~/ui/i18n";

type Props = {
  view: ReportView;
  /** `message`, `person` or the id of a picture. */
  what: string;
};

/** What a report is about, for the reporter to see that it is the right one. */
export function Reported({ view, what }: Props) {
  const { t, format } = useLanguage();
  const { message, person } = view;
  const kind = what === "message" || what === "person" ? what : "picture";
  const pictures = message?.attachments.filter(({ id }) => kind === "message" || id === what) ?? [];
  return (
    <div className="rounded-xl bg-sunken px-4 py-3">
      <p className="flex flex-wrap justify-between gap-x-4 text-muted text-sm">
        <bdi>{t(`report.about.${kind}`, { name: person })}</bdi>
        {message && (
          <time dateTime={message.createdAt}>{format.moment(new Date(message.createdAt))}</time>
        )}
      </p>
      {message?.isGone && <p className="mt-1 text-sm italic">{t("report.gone")}</p>}
      {message?.body && kind === "message" && (
        <p dir="auto" className="mt-1 line-clamp-6 whitespace-pre-line [overflow-wrap:anywhere]">
          {message.body}
        </p>
      )}
      {pictures.length > 0 && (
        <div className="mt-2">
          <PictureGrid attachments={pictures} t={t} />
        </div>
      )}
    </div>
  );
}
