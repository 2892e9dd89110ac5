import type { Bench, Scenario } from "../bench.ts";
import { emptyRemix, parley } from "../contenders.ts";
import { buildEmptyRemix } from "../empty-remix.ts";
import { type Aim, type Figure, figure, medianOf, ratioAim, short } from "../figures.ts";
import { cookies } from "../load/http-transport.ts";
import { seedMarket } from "../market.ts";
import { type PageRequest, pagesPerSecond } from "../page-client.ts";
import { scriptBytes } from "../page-scripts.ts";

const scenario = "pages";
const scripted = "chat page of 40 messages, scripts run";
const plain = "chat page of 40 messages, no scripts";
const oneLine = "page of one line";
/** Pages that are asked for at a time. */
const atOnce = 8;
/** kB that the chat page may load more than the page of one line. */
const mostScripts = 25;

export const pages: Scenario = {
  name: scenario,
  title: "Server-rendered pages, and the JavaScript that they load",
  run: async (bench) => {
    const served = await servePages(bench);
    try {
      const runs = served.pages.map(({ at, page }) => ({ at, page, perSecond: [] as number[] }));
      for (let run = 1; run <= bench.runs; run++) {
        for (const { at, page, perSecond } of runs) {
          const pace = await pagesPerSecond(page, { atOnce, ...bench.duration });
          bench.say(`${scenario}, run ${run}, ${at}: ${short(pace)} pages/s`);
          perSecond.push(pace);
        }
      }
      const figures: Figure[] = [];
      for (const { at, page, perSecond } of runs) {
        const contender = at === oneLine ? "empty Remix" : parley.name;
        const scripts = [(await scriptBytes(page)) / 1000];
        figures.push(figure({ scenario, contender, at, name: "pages/s", runs: perSecond }));
        figures.push(figure({ scenario, contender, at, name: "kB of scripts", runs: scripts }));
      }
      const of = (at: string, name: string) => {
        const contender = at === oneLine ? "empty Remix" : parley.name;
        return medianOf(figures, { contender, at, name });
      };
      const pace = (at: string) => of(at, "pages/s");
      const more = of(scripted, "kB of scripts") - of(oneLine, "kB of scripts");
      const aims = [
        ratioAim(
          scenario,
          "chat pages/s at least half of the page of one line",
          [pace(scripted), pace(oneLine)],
          { atLeast: 0.5 },
        ),
        scriptsAim(more),
      ];
      return { figures, aims, broken: [] };
    } finally {
      await served.stop();
    }
  },
};

async function servePages(bench: Bench) {
  const database = await bench.postgres.makeDatabase();
  const [chat] = await seedMarket(database.url, 250);
  if (!chat) throw new Error("A market without chats");
  const build = await buildEmptyRemix(bench.folder);
  const ours = await parley.start(database.url, bench.folder);
  const empty = await emptyRemix(build).start(database.url, bench.folder);
  const path = `/chats/${chat.id}`;
  const cookie = cookies(chat.buyer);
  const pages: { at: string; page: PageRequest }[] = [
    { at: scripted, page: { origin: ours.origin, path, cookie } },
    { at: plain, page: { origin: ours.origin, path, cookie: cookie.replace("; scripted=1", "") } },
    { at: oneLine, page: { origin: empty.origin, path: "/", cookie: "" } },
  ];
  const stop = async () => {
    await ours.stop();
    await empty.stop();
    await database.drop();
  };
  return { pages, stop };
}

function scriptsAim(more: number): Aim {
  return {
    scenario,
    aim: `JavaScript of the chat page, gzipped, at most ${mostScripts} kB over the page of one line`,
    measured: `${short(more)} kB over it`,
    met: Number.isNaN(more) ? null : more <= mostScripts,
  };
}
