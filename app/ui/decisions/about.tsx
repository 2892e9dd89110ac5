import type { DecidedAbout } from "~/moderation/people/own-decision";
import { useLanguage } from "~/ui/i18n";

/** What a decision is about: his own words, on what ground, and how it came to moderators. */
export function About({ about }: { about: DecidedAbout }) {
  const { t, format } = useLanguage();
  const { message, subject, grounds, foundBy } = about;
  return (
    <>
      {message ? (
        <figure>
          <figcaption className="text-muted text-sm">
            {t("decision.words", { subject, at: format.moment(new Date(message.sentAt)) })}
          </figcaption>
          <blockquote
            dir="auto"
            className="mt-1 whitespace-pre-line rounded-xl bg-sunken px-4 py-2 [overflow-wrap:anywhere]"
          >
            {message.words ?? <em>{t("decision.noWords")}</em>}
          </blockquote>
          {message.pictures > 0 && (
            <p className="mt-1 text-muted text-sm">
              {t("decision.pictures", { count: message.pictures })}
            </p>
          )}
        </figure>
      ) : (
        <p>{t("decision.person", { subject })}</p>
      )}
      {grounds.length > 0 && (
        <div>
          <p className="text-muted text-sm">{t("decision.grounds")}</p>
          <ul className="mt-1 list-disc ps-5">
            {grounds.map((ground) => (
              <li key={ground}>{t(`decision.ground.${ground}`)}</li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <p className="text-muted text-sm">{t("decision.found")}</p>
        <p className="mt-1 text-pretty">{t(`decision.found.${foundBy}`)}</p>
      </div>
    </>
  );
}
