import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { patientReading } from "~/http/client/patient-reading";
import {
  LoadedLanguage,
  loadAllSentences,
  loadSentences,
  loadShownParts,
} from "~/ui/client-catalogs";

window.fetch = patientReading(fetch, () => window.__remixRouter.state.location.pathname);

async function hydrate() {
  const { dataset } = document.documentElement;
  await Promise.all([loadSentences(), readPageData(), loadShownParts()]);
  if (window.__remixContext.state.actionData) await loadAllSentences();
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <LoadedLanguage timeZone={dataset.timeZone ?? "UTC"}>
          <RemixBrowser />
        </LoadedLanguage>
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
