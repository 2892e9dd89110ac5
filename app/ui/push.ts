import { comingApart } from "./client-catalogs";

/** In browsers it comes with the first message that somebody sends. */
export const AskForPush = import.meta.env.SSR
  ? () => null
  : comingApart("push", () => import("./push/ask-for-push"));
