import { comingApart } from "~/ui/client-catalogs";
import EagerRefusal from "~/ui/refusal/refusal";

/** In browsers it comes with the first message that is refused. */
export const Refusal = import.meta.env.SSR
  ? EagerRefusal
  : comingApart("refusal", () => import("~/ui/refusal/refusal"));
