import { messagingAims } from "../aims.ts";
import type { Scenario } from "../bench.ts";
import { parley, socketIo } from "../contenders.ts";
import { type Figure, medianOf, ratioAim } from "../figures.ts";
import { loads, measureMessaging, nameOf } from "../messaging.ts";

const scenario = "two-instances";

export const twoInstances: Scenario = {
  name: scenario,
  title: "The same over two instances, buyers on one and sellers on the other",
  run: async (bench) => {
    const one = await measureMessaging(bench, {
      scenario: `${scenario}, one beside`,
      loads: [loads.sends],
      contenders: [parley],
    });
    const two = await measureMessaging(bench, {
      scenario,
      instances: 2,
      loads: [loads.sends, loads.calm, loads.busy],
    });
    const sends = (figures: Figure[]) =>
      medianOf(figures, { contender: parley.name, at: nameOf(loads.sends), name: "sends/s" });
    const aims = messagingAims(scenario, two.figures);
    return {
      figures: two.figures,
      aims: [
        ratioAim(
          scenario,
          "two instances no slower than one",
          [sends(two.figures), sends(one.figures)],
          {
            atLeast: 1,
          },
        ),
        aims.sends(2, socketIo),
        ...aims.delivery(),
      ],
      broken: [...one.broken, ...two.broken],
    };
  },
};
