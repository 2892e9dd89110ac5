import type { Bench, Scenario } from "../bench.ts";
import { addHistory } from "../bulk.ts";
import { parley } from "../contenders.ts";
import { type Figure, figure, medianOf, ratioAim } from "../figures.ts";
import { cookies } from "../load/http-transport.ts";
import { seedMarket } from "../market.ts";
import { type PageRequest, timePages } from "../page-client.ts";
import { quantiles } from "../statistics.ts";

const scenario = "history";
/** Chats of the reader, more than one page of the list. */
const regularChats = 40;
const few = "10 thousand messages";
const kinds = ["chat page", "list page"] as const;

export const history: Scenario = {
  name: scenario,
  title: "The same pages over a short and a long history of others",
  run: async (bench) => {
    const { chats, many } = bench.isQuick
      ? { chats: 500, many: "210 thousand messages" }
      : { chats: 24_975, many: "10 million messages" };
    const small = await serveMarket(bench, 0);
    const large = await serveMarket(bench, chats);
    try {
      const pages = [...small.pages, ...large.pages];
      const runs: number[][] = pages.map(() => []);
      for (let run = 1; run <= bench.runs; run++) {
        const times = await timePages(pages, bench.isQuick ? 40 : 400);
        const p50s = times.map((list) => quantiles(list).p50);
        bench.say(`${scenario}, run ${run}: ${p50s.map((ms) => ms.toFixed(2)).join(", ")} ms`);
        p50s.forEach((p50, page) => {
          runs[page]?.push(p50);
        });
      }
      const figures = [few, many].flatMap((at, size) =>
        kinds.map((kind, index) =>
          figure({
            scenario,
            contender: parley.name,
            at,
            name: `${kind} p50 ms`,
            runs: runs[size * kinds.length + index] ?? [],
          }),
        ),
      );
      return { figures, aims: kinds.map((kind) => aim(figures, kind, many)), broken: [] };
    } finally {
      await small.stop();
      await large.stop();
    }
  },
};

function aim(figures: Figure[], kind: (typeof kinds)[number], many: string) {
  const at = (size: string) =>
    medianOf(figures, { contender: parley.name, at: size, name: `${kind} p50 ms` });
  const text = `${kind} with ${many} at most 1.3 times that with ${few}`;
  return ratioAim(scenario, text, [at(many), at(few)], { atMost: 1.3 });
}

/** The reader's own chats are the same, whatever others said. */
async function serveMarket(bench: Bench, otherChats: number) {
  const database = await bench.postgres.makeDatabase();
  const [chat] = await seedMarket(database.url, 250, { regularChats });
  if (!chat) throw new Error("A market without chats");
  let toldAt = 0;
  if (otherChats) {
    await addHistory(database.url, {
      chats: otherChats,
      messagesOfChat: 400,
      onProgress: (messages, what) => {
        if (what === "messages" && performance.now() - toldAt < 10_000) return;
        toldAt = performance.now();
        bench.say(`${messages.toLocaleString("en")} messages: ${what}`);
      },
    });
  }
  await bench.postgres.checkpoint();
  const server = await parley.start(database.url, bench.folder);
  const page = (path: string): PageRequest => ({
    origin: server.origin,
    path,
    cookie: cookies(chat.buyer),
  });
  const stop = async () => {
    await server.stop();
    await database.drop();
  };
  return { pages: [page(`/chats/${chat.id}`), page("/chats")], stop };
}
