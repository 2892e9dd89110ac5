import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Instance } from "../instance";
import { type Fault, pass } from "./fault";

/** What the README promises an operator, in ms. */
const LONGEST_STOP = 10_000;
const HOUR = 3_600_000;

const kill: Fault = {
  name: "kill",
  what: "kill -9 of a web process, then of a whole instance",
  isShort: true,
  async run(scene) {
    const { world, random, isShort } = scene;
    for (let round = 0; round < (isShort ? 1 : 2); round++) {
      const web = random.oneOf(world.instances);
      web.signalWeb("SIGKILL");
      await pass(900, scene);
      await web.becomesReady();
      const whole = random.oneOf(world.instances);
      await whole.kill();
      await pass(900, scene);
      await whole.start();
    }
  },
};

const restart: Fault = {
  name: "restart",
  what: "rolling restart by SIGTERM",
  async run(scene) {
    const { world, stage } = scene;
    for (const instance of world.instances) {
      const took = await instance.stop();
      if (took > LONGEST_STOP) {
        const detail = `${instance.name} took ${took} ms to stop`;
        stage.broken.push({ rule: "a stop took too long", detail });
      }
      await instance.start();
      await pass(2_000, scene);
    }
  },
};

const freeze: Fault = {
  name: "freeze",
  what: "SIGSTOP of an instance for 20 s",
  async run({ world, random }) {
    await frozen(random.oneOf(world.instances), 20_000);
  },
};

/** Stops all processes of an instance, and lets them go on also when the suite is killed meanwhile. */
async function frozen(instance: Instance, ms: number) {
  const pids = instance.pids();
  const late = spawn("sh", ["-c", `sleep ${ms / 1_000 + 5}; kill -CONT ${pids.join(" ")}`], {
    detached: true,
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => late.once("exit", resolve).once("error", resolve));
  // The shell and what it waits for.
  const endLate = () => void (late.pid && process.kill(-late.pid, "SIGKILL"));
  process.once("exit", endLate);
  try {
    for (const pid of pids) process.kill(pid, "SIGSTOP");
    await sleep(ms);
  } finally {
    for (const pid of pids) process.kill(pid, "SIGCONT");
    process.off("exit", endLate);
    endLate();
    await ended;
  }
}

const clock: Fault = {
  name: "clock",
  what: "an instance's clock one hour ahead, then one hour behind",
  async run(scene) {
    const [, instance] = scene.world.instances;
    if (!instance) throw new Error("There are two instances");
    await instance.stop();
    await instance.start({
      NODE_OPTIONS: `--import=${new URL("../clock-shift.mjs", import.meta.url)}`,
      CLOCK_SHIFT_MS: String(HOUR),
    });
    await pass(5_000, scene);
    instance.signalWeb("SIGUSR2");
    await pass(5_000, scene);
    await instance.stop();
    await instance.start();
  },
};

export const processFaults = [kill, restart, freeze, clock];
