import type { Db } from "./client.server";
import { gatherings, runPrepared } from "./prepared.server";

type Param = string | number | null;
type Waiting = {
  text: string;
  params: Param[];
  settle: { resolve: (rows: object[]) => void; reject: (error: unknown) => void }[];
};

/**
 * A database whose prepared statements run together: all that are asked for before the event loop
 * goes on are sent as one, which sees one snapshot. A page's loaders ask at the same time; each
 * statement of its own would cost a round trip, and to both sides more than what most of them
 * look up. One comes after the other, and what is not prepared comes after them: nothing sees less
 * than what was asked for before it.
 */
export function gather(db: Db): Db {
  let waiting: Waiting[] = [];
  let last = Promise.resolve();
  const settled = () => new Promise((resolve) => setImmediate(resolve)).then(() => last);
  const execute = (query: Parameters<Db["execute"]>[0]) => settled().then(() => db.execute(query));
  const gathered: Db = Object.create(db, { execute: { value: execute } });
  gatherings.set(
    gathered,
    (text, params) =>
      new Promise((resolve, reject) => {
        const same = waiting.find((one) => one.text === text && isSame(one.params, params));
        if (same) return same.settle.push({ resolve, reject });
        waiting.push({ text, params, settle: [{ resolve, reject }] });
        if (waiting.length > 1) return;
        setImmediate(() => {
          const asked = waiting;
          waiting = [];
          last = last.then(() => run(db, asked));
        });
      }),
  );
  return gathered;
}

async function run(db: Db, asked: Waiting[]): Promise<void> {
  // Loaders come in any order; what they ask for together is one statement all the same.
  asked.sort((a, b) => (a.text < b.text ? -1 : 1));
  try {
    const params = asked.flatMap((one) => one.params);
    const [row] = (await runPrepared(db, textOf(asked), params)) as Record<string, object[]>[];
    asked.forEach(({ settle }, at) => {
      for (const { resolve } of settle) resolve(row?.[`q${at}`] ?? []);
    });
  } catch (error) {
    for (const { settle } of asked) for (const { reject } of settle) reject(error);
  }
}

/** The statements side by side, each as a column that holds its rows. */
function textOf(asked: Waiting[]): string {
  let before = 0;
  const columns = asked.map(({ text, params }, at) => {
    const renumbered = text.replace(/\$(\d+)/g, (_, number) => `$${Number(number) + before}`);
    before += params.length;
    return `(select json_agg(x${at}) from (${renumbered}) x${at}) as q${at}`;
  });
  return `select ${columns.join(", ")}`;
}

function isSame(a: Param[], b: Param[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}
