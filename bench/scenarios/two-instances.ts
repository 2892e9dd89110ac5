import { messagingAims } from "../aims.ts";
import type { Scenario } from "../bench.ts";
import { parley, socketIo } from "../contenders.ts";
import { medianOf, ratioAim } from "../figures.ts";
import { loads, measureMessaging } from "../messaging.ts";

const scenario = "two-instances";
const alone = "two-instances, one beside";

export const twoInstances: Scenario = {
  name: scenario,
  title: "The same over two instances, buyers on one and sellers on the other",
  run: async (bench) => {
    const one = await measureMessaging(bench, {
      scenario: alone,
      loads: [loads.sends],
      contenders: [parley],
    });
    const two = await measureMessaging(bench, {
      scenario,
      instances: 2,
      loads: [loads.sends, loads.calm, loads.busy],
    });
    const figures = [...two.figures, ...one.figures];
    const sends = (of: string) =>
      medianOf(figures, {
        scenario: of,
        contender: parley.name,
        name: "sends/s at 64 in flight",
      });
    const aims = messagingAims(scenario, figures);
    return {
      figures: two.figures,
      aims: [
        ratioAim(scenario, "two instances no slower than one", [sends(scenario), sends(alone)], {
          atLeast: 1,
        }),
        aims.sends(2, socketIo),
        ...aims.delivery(),
      ],
      broken: [...one.broken, ...two.broken],
    };
  },
};
