import type { Scenario } from "./bench.ts";
import { durableSends } from "./scenarios/durable-sends.ts";

/** In the order in which they run. */
export const scenarios: Scenario[] = [durableSends];
