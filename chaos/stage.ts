import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "~/db/client.server";
import { check } from "./checks/check";
import type { History, Reading, Violation } from "./history";
import { makeMarket, type Person } from "./market";
import { loadPages } from "./page";
import type { Random } from "./random";
import { Reader } from "./reader";
import { showLoaded } from "./screen";
import { submitTo } from "./submit";
import { readTruth } from "./truth";
import type { World } from "./world";
import { Writer } from "./writer";

const READERS_EACH = 2;

/** One run's people: four who write, and two pages of each of them that are open all the time. */
export async function setStage(world: World, random: Random) {
  const { db, close } = connect(world.database.url, { max: 1 });
  const people = await makeMarket(db).finally(close);
  const chatIds = [...new Set(people.flatMap((person) => person.chatIds))];
  const writers = people.map((person) => {
    const submit = submitTo(world.origins, person.cookie);
    const { id: userId, name, chatIds: mine } = person;
    const instances = world.origins.length;
    const repeatAfter = () => 50 + random.below(200);
    return new Writer({ name, userId, chatIds: mine, instances, submit, random, repeatAfter });
  });
  const readers = people.flatMap((person) =>
    Array.from({ length: READERS_EACH }, (_, at) => makeReader(world, person, at)),
  );
  const broken: Violation[] = [];

  async function collect(): Promise<History> {
    const readings: Reading[] = [];
    const reloads = new Map(
      await Promise.all(
        people.map(
          async ({ id, cookie, chatIds: mine }, at): Promise<[string, Reading["reload"]]> => {
            const origin = world.origins[at % world.origins.length] ?? "";
            return [id, showLoaded(id, await loadPages(origin, cookie, mine))];
          },
        ),
      ),
    );
    for (const { name, userId, lineages, show } of readers.map(snapshotOf)) {
      const reload = reloads.get(userId) ?? [];
      readings.push({ reader: name, userId, lineages, live: show, reload });
    }
    return {
      sends: writers.flatMap(({ sends }) => sends),
      revisions: writers.flatMap(({ revisions }) => revisions),
      readings,
      chats: await readTruth(world.sql, chatIds),
    };
  }

  /**
   * Checks until all is well: what is under way may arrive, but not for ever.
   *
   * @param patience in ms
   */
  async function settle(patience: number): Promise<Violation[]> {
    const deadline = performance.now() + patience;
    for (;;) {
      const violations = await collect().then(check, (error): Violation[] => [
        { rule: "what there is cannot be read", detail: String(error) },
      ]);
      const refused = readers.flatMap((reader) =>
        reader.refusals.map((status) => ({
          rule: "a stream was refused",
          detail: `${reader.name}: ${status}`,
        })),
      );
      const all = [...broken, ...refused, ...violations];
      if (!all.length || performance.now() > deadline) return all;
      await sleep(250);
    }
  }

  return { world, random, people, writers, readers, broken, settle };
}

export type Stage = Awaited<ReturnType<typeof setStage>>;

function snapshotOf(reader: Reader) {
  const { name, userId, lineages } = reader;
  return { name, userId, lineages, show: reader.show() };
}

function makeReader({ origins }: World, { id, name, cookie, chatIds }: Person, at: number) {
  const load = (origin: string) => loadPages(origin, cookie, chatIds);
  const headers = { Cookie: cookie };
  return new Reader({ name: `${name}'s page ${at + 1}`, userId: id, origins, headers, load }, at);
}
