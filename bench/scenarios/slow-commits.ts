import { messagingAims } from "../aims.ts";
import type { Scenario } from "../bench.ts";
import { floorOfOnes, socketIo } from "../contenders.ts";
import { loads, measureMessaging } from "../messaging.ts";
import { measureCommit } from "../postgres.ts";

const scenario = "slow-commits";
/** Microseconds; about what a network disk adds to a flush. */
const commitDelay = 1_000;

export const slowCommits: Scenario = {
  name: scenario,
  title: "The same where each commit takes 1 ms longer",
  run: async (bench) => {
    const database = await bench.postgres.makeDatabase({ commitDelay });
    const commitMs = await measureCommit(database.url);
    await database.drop();
    bench.say(`A lone commit takes ${commitMs.toFixed(2)} ms now`);

    const setting = { scenario, commitDelay, loads: [loads.sends, loads.calm, loads.busy] };
    const { figures, broken } = await measureMessaging(bench, setting);
    const aims = messagingAims(scenario, figures);
    return {
      figures,
      aims: [aims.sends(2, socketIo), aims.sends(5, floorOfOnes), ...aims.delivery()],
      broken,
    };
  },
};
