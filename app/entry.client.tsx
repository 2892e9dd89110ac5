import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { loadLanguage } from "~/ui/client-catalogs";
import { LanguageProvider } from "~/ui/i18n";

async function hydrate() {
  const { dataset } = document.documentElement;
  const i18n = await loadLanguage();
  await readPageData();
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <LanguageProvider i18n={i18n} timeZone={dataset.timeZone ?? "UTC"}>
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
