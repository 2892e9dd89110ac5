import { setTimeout as sleep } from "node:timers/promises";
import type { Settings } from "../postgres";
import type { Random } from "../random";
import type { Stage } from "../stage";
import type { World } from "../world";

/** What a fault has at hand, while writers write and readers read. */
export type Scene = { world: World; stage: Stage; random: Random; isShort: boolean };

export type Fault = {
  /** As on the command line. */
  name: string;
  /** For people, in a line. */
  what: string;
  /** In the short form as well. */
  isShort?: boolean;
  /** That PostgreSQL has to run with. */
  settings?: Settings;
  /** Does it, and heals it: afterwards all processes run and the network is fair. */
  run(scene: Scene): Promise<void>;
};

/** Time in which people go on, in ms; a third of it in the short form. */
export function pass(ms: number, { isShort }: Scene): Promise<void> {
  return sleep(isShort ? ms / 3 : ms);
}
