import type { I18n } from "@lingui/core";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { type Catalog, type Locale, makeI18n } from "./i18n";

const everywhere = import.meta.glob<Catalog>("./locales/*.json", { import: "default" });
const apart = import.meta.glob<Catalog>("./locales/*/*.json", { import: "default" });

let current: I18n | undefined;

/** The sentences that this page needs, in the language that the server wrote it in. */
export async function loadLanguage(): Promise<I18n> {
  const locale = document.documentElement.lang as Locale;
  const i18n = makeI18n(locale, (await everywhere[`./locales/${locale}.json`]?.()) ?? {});
  current = i18n;
  const modules = Object.values(window.__remixRouteModules ?? {});
  if (modules.some((module) => module?.clientLoader === withModerationSentences)) {
    await loadApart("moderation");
  }
  return i18n;
}

/**
 * A route whose page says what only moderators, or those who meet them, read exports this as its
 * `clientLoader`: nobody else's browser loads those sentences.
 */
export async function withModerationSentences({ serverLoader }: ClientLoaderFunctionArgs) {
  const [loaded] = await Promise.all([serverLoader(), loadApart("moderation")]);
  return loaded;
}

async function loadApart(area: string): Promise<void> {
  if (!current) return;
  const messages = await apart[`./locales/${area}/${current.locale}.json`]?.();
  if (messages) current.load(current.locale, messages);
}
