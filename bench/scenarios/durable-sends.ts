import type { Scenario } from "../bench.ts";
import { parley, socketIo } from "../contenders.ts";
import { medianOf, ratioAim } from "../figures.ts";
import { loads, measureMessaging } from "../messaging.ts";

const scenario = "durable-sends";

export const durableSends: Scenario = {
  name: scenario,
  title: "Durable sends/s, 64 in flight, every message to two of 500 open streams",
  run: async (bench) => {
    const { figures, broken } = await measureMessaging(bench, { scenario, loads: [loads.sends] });
    const name = "sends/s at 64 in flight";
    const [ours, theirs] = [parley, socketIo].map(({ name: contender }) =>
      medianOf(figures, { scenario, contender, name }),
    );
    const aims = [
      ratioAim(scenario, "sends/s at least 2 times Socket.IO", [ours ?? 0, theirs ?? 0], {
        atLeast: 2,
      }),
    ];
    return { figures, aims, broken };
  },
};
