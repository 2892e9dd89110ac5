import type { Page, Route } from "@playwright/test";

/** What a page says of a connection that the test itself cuts; Remix asks for routes beforehand. */
export const tolerates =
  /ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_NETWORK|ERR_INCOMPLETE|Failed to fetch manifest patches/;

/** The address of the page's own posts to a chat; a page at that address is loaded by GET. */
export function isSend(url: URL | string) {
  return /^\/chats\/[0-9a-f-]+$/.test(new URL(url).pathname);
}

/** Does something else with each send; what else goes to that address goes on. */
export function onSend(page: Page, handle: (route: Route) => Promise<void>) {
  return page.route(isSend, (route) => {
    const body = route.request().postData() ?? "";
    return body.includes("intent=send") ? handle(route) : route.fallback();
  });
}

/** Keeps sends from the server until the returned function is called. */
export async function holdSends(page: Page) {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await onSend(page, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** The server takes what is sent; the page does not hear of it. */
export function loseAnswers(page: Page) {
  return onSend(page, async (route) => {
    await route.fetch();
    await route.abort();
  });
}
