import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { databaseUrl, sql as outside } from "~test/database";

const poll = { timeout: 10_000 };

/** A pool of one connection, so that what is left of it meets the next query. */
async function makePool() {
  const pool = postgres(databaseUrl, { max: 1, onnotice: () => {}, backoff: () => 0.01 });
  onTestFinished(() => pool.end({ timeout: 1 }));
  const table = `marks_${crypto.randomUUID().replaceAll("-", "")}`;
  await outside`create table ${outside(table)} (mark text primary key)`;
  const marks = async () => (await outside`select mark from ${outside(table)}`).map((r) => r.mark);
  return { pool, table, marks };
}

async function killBackend(pid: number) {
  await outside`select pg_terminate_backend(${pid}, 5000)`;
}

test("a query whose backend is killed fails, and the next one does not", async () => {
  const { pool } = await makePool();
  for (let round = 0; round < 5; round++) {
    const [{ pid } = { pid: 0 }] = await pool`select pg_backend_pid() pid`;
    const waiting = pool`select pg_sleep(30)`.catch((error) => error);
    await expect
      .poll(
        () => outside`select 1 from pg_stat_activity where pid = ${pid} and state = 'active'`,
        poll,
      )
      .toHaveLength(1);
    await killBackend(pid);
    expect(await waiting).toBeInstanceOf(Error);
    expect(await pool`select 1 one`).toEqual([{ one: 1 }]);
  }
});

test("what is left of a transaction whose backend was killed is refused, and nothing of it is done", async () => {
  const { pool, table, marks } = await makePool();
  let isKilled = () => {};
  const killed = new Promise<void>((resolve) => {
    isKilled = resolve;
  });
  const later: unknown[] = [];
  const broken = pool
    .begin(async (tx) => {
      const [{ pid } = { pid: 0 }] = await tx`select pg_backend_pid() pid`;
      await tx`insert into ${tx(table)} values ('before')`;
      await killBackend(pid);
      // The one connection is now somebody else's.
      await pool.begin(async (other) => {
        await other`insert into ${other(table)} values ('other')`;
        isKilled();
        later.push(await tx`insert into ${tx(table)} values ('after')`.catch((e) => e.code));
      });
      await tx`insert into ${tx(table)} values ('last')`;
    })
    .catch((error) => error);
  await killed;
  expect(await broken).toMatchObject({ code: "CONNECTION_CLOSED" });
  await expect.poll(marks, poll).toEqual(["other"]);
  await expect.poll(() => later, poll).toEqual(["CONNECTION_CLOSED"]);
});

test("a transaction that rolls back after its backend was killed ends no process and no pool", async () => {
  const { pool } = await makePool();
  for (let round = 0; round < 5; round++) {
    const broken = pool.begin(async (tx) => {
      const [{ pid } = { pid: 0 }] = await tx`select pg_backend_pid() pid`;
      await killBackend(pid);
      await tx`select 1`;
    });
    await expect(broken).rejects.toThrow();
    expect(await pool`select 1 one`).toEqual([{ one: 1 }]);
  }
});

test("a reserved connection whose backend was killed is refused, and released it harms nobody", async () => {
  const { pool } = await makePool();
  const reserved = await pool.reserve();
  const [{ pid } = { pid: 0 }] = await reserved`select pg_backend_pid() pid`;
  await killBackend(pid);
  await expect
    .poll(() => reserved`select 1`.catch((error) => error.code), poll)
    .toBe("CONNECTION_CLOSED");
  const next = pool`select 1 one`;
  reserved.release();
  expect(await next).toEqual([{ one: 1 }]);
  expect(await pool`select 2 two`).toEqual([{ two: 2 }]);
});
