import type { Scenario } from "./bench.ts";
import { delivery } from "./scenarios/delivery.ts";
import { durableSends } from "./scenarios/durable-sends.ts";
import { history } from "./scenarios/history.ts";
import { openStreams } from "./scenarios/open-streams.ts";
import { pages } from "./scenarios/pages.ts";
import { pictures } from "./scenarios/pictures.ts";
import { retention } from "./scenarios/retention.ts";
import { safety } from "./scenarios/safety.ts";
import { slowCommits } from "./scenarios/slow-commits.ts";
import { twoInstances } from "./scenarios/two-instances.ts";

/** In the order in which they run. */
export const scenarios: Scenario[] = [
  durableSends,
  delivery,
  slowCommits,
  twoInstances,
  openStreams,
  pages,
  pictures,
  safety,
  history,
  retention,
];
