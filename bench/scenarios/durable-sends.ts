import { messagingAims } from "../aims.ts";
import type { Scenario } from "../bench.ts";
import { socketIo } from "../contenders.ts";
import { loads, measureMessaging } from "../messaging.ts";

const scenario = "durable-sends";

export const durableSends: Scenario = {
  name: scenario,
  title: "Durable sends, 64 in flight, each to two of 500 open streams",
  run: async (bench) => {
    const { figures, broken } = await measureMessaging(bench, { scenario, loads: [loads.sends] });
    return { figures, aims: [messagingAims(scenario, figures).sends(2, socketIo)], broken };
  },
};
