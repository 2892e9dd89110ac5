import { comingApart } from "./client-catalogs";

type Props = { userId: string };

/** In browsers it comes with the first message that somebody has not read. */
export const Attention = comingApart<Props>("attention", () => import("./attention/attention"));
