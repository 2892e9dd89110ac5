import type { roles } from "~/db/schema";

/** Who looks at a page or calls a function: the signed-in user, as his session says. */
export type Viewer = {
  id: string;
  name: string;
  role: (typeof roles)[number];
  /** The row in `sessions`; streams end with it. */
  sessionId: string;
};
