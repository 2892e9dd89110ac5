import { messagingAims } from "../aims.ts";
import type { Scenario } from "../bench.ts";
import { loads, measureMessaging } from "../messaging.ts";

const scenario = "delivery";

export const delivery: Scenario = {
  name: scenario,
  title: "From send to delivery, over 500 open streams in 250 chats",
  run: async (bench) => {
    const setting = { scenario, loads: [loads.calm, loads.busy] };
    const { figures, broken } = await measureMessaging(bench, setting);
    return { figures, aims: messagingAims(scenario, figures).delivery(), broken };
  },
};
