import { databaseFaults } from "./database";
import { type Fault, pass } from "./fault";
import { networkFaults } from "./network";
import { processFaults } from "./processes";

const single = [...processFaults, ...databaseFaults, ...networkFaults];

/** In ms; what was begun is finished. */
const MIXED = 60_000;
/** By itself each of these takes half of that time. */
const tooLong = new Set(["database-away", "freeze"]);

const mixed: Fault = {
  name: "mixed",
  what: "processes and database at random, the network failing meanwhile",
  settings: single.find(({ settings }) => settings)?.settings,
  async run(scene) {
    const deadline = performance.now() + MIXED;
    const isOver = () => performance.now() > deadline;
    const inTurn = async (faults: Fault[]) => {
      while (!isOver()) {
        await scene.random.oneOf(faults).run({ ...scene, isShort: true });
        await pass(1_000 + scene.random.below(2_000), scene);
      }
    };
    const heavy = [...processFaults, ...databaseFaults].filter(({ name }) => !tooLong.has(name));
    await Promise.all([inTurn(heavy), inTurn(networkFaults)]);
  },
};

/** In the order in which they run. */
export const faults: Fault[] = [...single, mixed];
