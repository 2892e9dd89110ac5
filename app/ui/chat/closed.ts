import { comingApart } from "~/ui/client-catalogs";
import EagerComposerClosed from "~/ui/closed/composer-closed";
import EagerConfirmClosing from "~/ui/closed/confirm-closing";

/** In browsers they come with the first chat in which nobody can write. */
export const ComposerClosed = import.meta.env.SSR
  ? EagerComposerClosed
  : comingApart("closed", () => import("~/ui/closed/composer-closed"));

/** With the first that is to be closed. */
export const ConfirmClosing = import.meta.env.SSR
  ? EagerConfirmClosing
  : comingApart("closed", () => import("~/ui/closed/confirm-closing"));
