export { seededRandom } from "../test/sending";

import type { seededRandom } from "../test/sending";

export type Random = ReturnType<typeof seededRandom>;
