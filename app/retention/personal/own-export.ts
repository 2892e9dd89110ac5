import type { personalExportStates } from "~/db/schema";

/** For so long what was made can be downloaded, in ms. */
export const exportKeptMs = 48 * 60 * 60 * 1000;

/** How often in 24 hours somebody can ask for his data. */
export const mostExportsADay = 3;

/** What somebody asked for of his own data, as he sees it; times are ISO 8601 UTC. */
export type OwnExport = {
  id: string;
  state: (typeof personalExportStates)[number];
  requestedAt: string;
  /** Until when it can be downloaded; null until it is ready. */
  expiresAt: string | null;
  bytes: number | null;
};
