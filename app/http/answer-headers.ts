import type { HeadersFunction } from "@remix-run/node";

/** Lets `Retry-After` and the like of an action or loader through to the page that shows its data. */
export const answerHeaders: HeadersFunction = ({ actionHeaders, errorHeaders, loaderHeaders }) =>
  errorHeaders ?? (actionHeaders && [...actionHeaders].length > 0 ? actionHeaders : loaderHeaders);
