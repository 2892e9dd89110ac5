import { type Contender, floorOfBatches, floorOfOnes, parley, socketIo } from "./contenders.ts";
import { type Aim, type Figure, medianOf, ratioAim } from "./figures.ts";

/** The aims of Parley against the others, for the figures that a scenario has. */
export function messagingAims(scenario: string, figures: Figure[]) {
  const read = (contender: Contender, name: string) =>
    medianOf(figures, { scenario, contender: contender.name, name });
  const sends = "sends/s at 64 in flight";
  const p50 = "p50 ms at 200/s";
  const p99 = "p99 ms at 2,000/s";

  return {
    sends: (least: number, rival: Contender): Aim =>
      ratioAim(
        scenario,
        `sends/s at least ${least} times ${rival.name}`,
        [read(parley, sends), read(rival, sends)],
        { atLeast: least },
      ),
    delivery: (): Aim[] => [
      ratioAim(
        scenario,
        "delivery p50 at 200/s at most 1.3 times the better floor",
        [read(parley, p50), Math.min(read(floorOfOnes, p50), read(floorOfBatches, p50))],
        { atMost: 1.3 },
      ),
      ratioAim(
        scenario,
        "delivery p99 at 2,000/s at most a tenth of Socket.IO",
        [read(parley, p99), read(socketIo, p99)],
        { atMost: 0.1 },
      ),
    ],
  };
}
