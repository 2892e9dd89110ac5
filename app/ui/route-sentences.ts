import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { addSentences, locale } from "./client-catalogs";
import type { Catalog } from "./i18n";

const files = import.meta.glob<Catalog>(
  "./locales/{centre,integrations,moderation,outside,reports,settings}/*.json",
  { import: "default" },
);
type Area = "centre" | "integrations" | "moderation" | "outside" | "reports" | "settings";

/**
 * For a route whose page says what others do not, as its `clientLoader`: nobody else's browser loads
 * those sentences.
 */
function saying(area: Area) {
  const loadSentences = () => addSentences(files[`./locales/${area}/${locale()}.json`]);
  const clientLoader = async ({ serverLoader }: ClientLoaderFunctionArgs) => {
    const [data] = await Promise.all([serverLoader(), loadSentences().catch(() => {})]);
    return data;
  };
  return Object.assign(clientLoader, { loadSentences });
}

/** What only moderators, or those who meet them, read. */
export const withModerationSentences = saying("moderation");
/** Where admins let other programs in, and say where events go. */
export const withIntegrationSentences = saying("integrations");
/** Of pages that are no chats: where people arrive, sign in and look around. */
export const withOutsideSentences = saying("outside");
/** Where people read what they were told. */
export const withCentreSentences = saying("centre");
/** Where people report, and read what was decided about what they reported or about themselves. */
export const withReportSentences = saying("reports");
/** Where a person sets how others see him, and when and how he is told of what. */
export const withSettingsSentences = saying("settings");
