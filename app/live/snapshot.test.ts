import { expect, test } from "vitest";
import { db, sql } from "~test/database";
import { seededRandom } from "~test/sending";
import { formatSnapshot, isLater, parseSnapshot, type Snapshot, sees } from "./snapshot";

const { below } = seededRandom(3);

function makeSnapshot(): Snapshot {
  const xmin = BigInt(1 + below(20));
  const xmax = xmin + BigInt(below(20));
  const running: bigint[] = [];
  for (let xid = xmin; xid < xmax; xid++) if (below(3) === 0) running.push(xid);
  return { xmin, xmax, running };
}

test("a snapshot sees what PostgreSQL says it sees", async () => {
  const snapshots = Array.from({ length: 200 }, makeSnapshot);
  const rows = await sql`
    select snapshot, xid::text, pg_visible_in_snapshot(xid::text::xid8, snapshot::pg_snapshot) sees
    from unnest(${snapshots.map(formatSnapshot)}::text[]) snapshot, generate_series(1, 45) xid`;
  expect(rows).toHaveLength(200 * 45);
  for (const row of rows) {
    expect([row.snapshot, row.xid, sees(parseSnapshot(row.snapshot), BigInt(row.xid))]).toEqual([
      row.snapshot,
      row.xid,
      row.sees,
    ]);
  }
});

test("a snapshot is written as PostgreSQL writes it", async () => {
  for (const snapshot of Array.from({ length: 50 }, makeSnapshot)) {
    const text = formatSnapshot(snapshot);
    const [row] = await sql`select ${text}::pg_snapshot::text as again`;
    expect(row?.again).toBe(text);
    expect(parseSnapshot(text)).toEqual(snapshot);
  }
});

test.each([
  "",
  ":",
  "::",
  "1:2",
  "2:1:",
  "0:5:",
  "5:9:4",
  "5:9:9",
  "5:9:7,6",
  "5:9:6,6",
  "5:9:6,,7",
  "-5:9:",
  "5:9:6 ",
  "5:9:6\n",
  "5:9:x",
  "1e3:2e3:",
  "99999999999999999999:99999999999999999999:",
  "5:9:6:7",
])("what PostgreSQL would not have written is no snapshot: %j", (text) => {
  expect(() => parseSnapshot(text)).toThrow("Not a snapshot");
});

test("whatever is taken for a snapshot, PostgreSQL takes too", async () => {
  const pieces = ["1", "7", "42", "9999999999999999999", ":", ":", ",", "0"];
  for (let round = 0; round < 3_000; round++) {
    const text = Array.from({ length: 2 + below(9) }, () => pieces[below(pieces.length)]).join("");
    let snapshot: Snapshot;
    try {
      snapshot = parseSnapshot(text);
    } catch {
      continue;
    }
    const [row] = await sql`select ${formatSnapshot(snapshot)}::pg_snapshot::text as again`;
    expect(parseSnapshot(row?.again)).toEqual(snapshot);
  }
});

test("of two snapshots that were taken one after the other the second is never the earlier", async () => {
  async function take(): Promise<Snapshot> {
    const [row] = await sql`select pg_current_snapshot()::text as now`;
    return parseSnapshot(row?.now);
  }
  let writing = true;
  const writers = Array.from({ length: 4 }, async () => {
    while (writing) {
      await db.transaction(async (tx) => {
        await tx.execute("select pg_current_xact_id(), pg_sleep(0.002)");
      });
    }
  });
  let before = await take();
  let later = 0;
  for (let round = 0; round < 200; round++) {
    const now = await take();
    expect(isLater(before, now)).toBe(false);
    if (isLater(now, before)) later++;
    // What the earlier one saw, the later one sees.
    for (let xid = before.xmin; xid < before.xmax; xid++) {
      if (sees(before, xid)) expect(sees(now, xid)).toBe(true);
    }
    before = now;
  }
  writing = false;
  await Promise.all(writers);
  expect(later).toBeGreaterThan(10);
});
