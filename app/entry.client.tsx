import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { type Catalog, LanguageProvider, type Locale, makeI18n } from "~/ui/i18n";

const catalogs = import.meta.glob<Catalog>("./ui/locales/*.json", { import: "default" });

async function hydrate() {
  const { lang, dataset } = document.documentElement;
  const messages = (await catalogs[`./ui/locales/${lang}.json`]?.()) ?? {};
  await readPageData();
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <LanguageProvider
          i18n={makeI18n(lang as Locale, messages)}
          timeZone={dataset.timeZone ?? "UTC"}
        >
          <RemixBrowser />
        </LanguageProvider>
      </StrictMode>,
    );
  });
}

/**
 * Remix suspends the whole document until it has read the page's data. A click meanwhile makes React
 * 18 render at once and fail, so the data is read before React starts: that comes before any hook.
 */
async function readPageData() {
  try {
    RemixBrowser({});
  } catch (reading) {
    await reading;
  }
}

void hydrate();
