import { type Contender, floorOfBatches, floorOfOnes, parley, socketIo } from "./contenders.ts";
import { type Aim, type Figure, medianOf, ratioAim } from "./figures.ts";
import type { Load } from "./load/plan.ts";
import { loads, nameOf } from "./messaging.ts";

/** The aims of Parley against the others, for the figures that a scenario has. */
export function messagingAims(scenario: string, figures: Figure[]) {
  const of = (contender: Contender, load: Load, name: string) =>
    medianOf(figures, { contender: contender.name, at: nameOf(load), name });
  const sends = (contender: Contender) => of(contender, loads.sends, "sends/s");
  const p50 = (contender: Contender) => of(contender, loads.calm, "p50 ms");
  const p99 = (contender: Contender) => of(contender, loads.busy, "p99 ms");

  return {
    sends: (least: number, rival: Contender): Aim =>
      ratioAim(
        scenario,
        `sends/s at least ${least} times ${rival.name}`,
        [sends(parley), sends(rival)],
        { atLeast: least },
      ),
    delivery: (): Aim[] => [
      ratioAim(
        scenario,
        "delivery p50 at 200/s at most 1.3 times the better floor",
        [p50(parley), Math.min(p50(floorOfOnes), p50(floorOfBatches))],
        { atMost: 1.3 },
      ),
      ratioAim(
        scenario,
        "delivery p99 at 2,000/s at most a tenth of Socket.IO",
        [p99(parley), p99(socketIo)],
        { atMost: 0.1 },
      ),
    ],
  };
}
