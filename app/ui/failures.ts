import { comingApart } from "./client-catalogs";
import EagerFailurePage from "./failures/failure-page";
import EagerNotFoundPage from "./failures/not-found-page";

/** In browsers they come with the first page that cannot be shown. */
export const FailurePage = import.meta.env.SSR
  ? EagerFailurePage
  : comingApart("failures", () => import("./failures/failure-page"));

export const NotFoundPage = import.meta.env.SSR
  ? EagerNotFoundPage
  : comingApart("failures", () => import("./failures/not-found-page"));
