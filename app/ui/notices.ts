import { comingApart } from "./client-catalogs";
import EagerDisputeBanner from "./notices/dispute-banner";
import EagerNoticeBanner from "./notices/notice-banner";
import EagerSignedOutNotice from "./notices/signed-out-notice";

/** In browsers they come with the first notice that somebody gets. */
export const NoticeBanner = import.meta.env.SSR
  ? EagerNoticeBanner
  : comingApart("notices", () => import("./notices/notice-banner"));

/** With the first chat of which there is a dispute. */
export const DisputeBanner = import.meta.env.SSR
  ? EagerDisputeBanner
  : comingApart("notices", () => import("./notices/dispute-banner"));

/** With the end of a session that ended elsewhere. */
export const SignedOutNotice = import.meta.env.SSR
  ? EagerSignedOutNotice
  : comingApart("notices", () => import("./notices/signed-out-notice"));
