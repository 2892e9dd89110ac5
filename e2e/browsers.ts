import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";

export { expect };

type Visit = {
  /** A phone of 360 px, to be touched; else a desktop. */
  phone?: boolean;
  javaScript?: boolean;
  dark?: boolean;
  /** What the page may complain of in this test: a server that was cut off on purpose. */
  tolerates?: RegExp;
};

/** A browser of one's own for each person; whatever its pages complain of fails the test. */
export const test = base.extend<{
  visit: (options?: Visit) => Promise<Page>;
}>({
  visit: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    await use(async ({ phone, javaScript = true, dark, tolerates } = {}) => {
      const context = await browser.newContext({
        baseURL,
        javaScriptEnabled: javaScript,
        viewport: phone ? { width: 360, height: 740 } : { width: 1280, height: 800 },
        isMobile: phone,
        hasTouch: phone,
        colorScheme: dark ? "dark" : "light",
        locale: "en-GB",
        timezoneId: "Europe/Berlin",
      });
      contexts.push(context);
      context.on("page", (page) =>
        listen(page, (complaint) => {
          if (!tolerates?.test(complaint)) complaints.push(complaint);
        }),
      );
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(complaints, "what pages complained of").toEqual([]);
  },
});

/** Errors, refusals of the content security policy and failed hydration all end up here. */
function listen(page: Page, complain: (complaint: string) => void) {
  // Remix leaves the rest of an answer unhandled, or logs it, that it stopped to read for a newer one.
  const isLeft = /^AbortError\b/;
  page.on("pageerror", (error) => {
    if (!isLeft.test(error.name)) complain(`${page.url()}: ${error}`);
  });
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // A refused form and a page that is not there are answers; a server's failure is told below.
    if (isLeft.test(message.text())) return;
    if (/^Failed to load resource: the server responded with a status of 4/.test(message.text()))
      return;
    complain(`${page.url()}: ${message.text()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) complain(`${response.url()} answered ${response.status()}`);
    if (response.status() >= 400 && /\.(js|css|svg)$/.test(new URL(response.url()).pathname)) {
      complain(`${response.url()} answered ${response.status()}`);
    }
  });
}
