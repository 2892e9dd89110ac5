import { type Fault, pass, type Scene } from "./fault";

const cutStreams: Fault = {
  name: "cut-streams",
  what: "streams are cut again and again, mid-event",
  run: (scene) => again(8_000, scene, () => scene.random.oneOf(scene.world.proxies).cut("stream")),
};

const cutSends: Fault = {
  name: "cut-sends",
  what: "a third of the sends are cut half-way, and whatever else is under way now and then",
  async run(scene) {
    const { world, random } = scene;
    world.setWeather({ send: () => (random.below(3) ? "pass" : "half") });
    await again(8_000, scene, () => random.oneOf(world.proxies).cut());
    world.setWeather({});
  },
};

const unanswered: Fault = {
  name: "unanswered",
  what: "half of the sends are committed and their answers held back and cut",
  isShort: true,
  async run(scene) {
    scene.world.setWeather({ send: () => (scene.random.below(2) ? "pass" : "unanswered") });
    await pass(9_000, scene);
    scene.world.setWeather({});
  },
};

const delays: Fault = {
  name: "delays",
  what: "the network delays, gathers and breaks up everything",
  async run(scene) {
    const { world, random } = scene;
    world.setWeather({ delay: () => random.below(400) });
    await pass(6_000, scene);
    world.setWeather({ gather: 300 });
    await pass(6_000, scene);
    world.setWeather({});
  },
};

/** What a person presses twenty times over is sent once. */
const doubleSubmit: Fault = {
  name: "double-submit",
  what: "one send twenty times at once over both instances",
  isShort: true,
  async run(scene) {
    const { stage, random } = scene;
    for (let round = 0; round < (scene.isShort ? 3 : 10); round++) {
      const writer = random.oneOf(stage.writers);
      await writer.send(random.oneOf(writer.chatIds), {}, 20);
      await pass(300, scene);
    }
  },
};

async function again(ms: number, scene: Scene, act: () => void) {
  const steps = 24;
  for (let step = 0; step < steps; step++) {
    act();
    await pass(ms / steps, scene);
  }
}

export const networkFaults = [cutStreams, cutSends, unanswered, delays, doubleSubmit];
