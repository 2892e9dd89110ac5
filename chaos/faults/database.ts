import { setTimeout as sleep } from "node:timers/promises";
import type { World } from "../world";
import { type Fault, pass } from "./fault";

const crash: Fault = {
  name: "database-crash",
  what: "immediate stop and start of PostgreSQL",
  isShort: true,
  async run(scene) {
    const { world, isShort } = scene;
    for (let round = 0; round < (isShort ? 1 : 3); round++) {
      await world.database.stop("SIGQUIT");
      await world.database.start();
      await pass(3_000, scene);
    }
    await Promise.all(world.instances.map((instance) => instance.becomesReady()));
  },
};

const away: Fault = {
  name: "database-away",
  what: "PostgreSQL away for 45 s",
  async run({ world }) {
    await world.database.stop("SIGQUIT");
    await sleep(45_000);
    await world.database.start();
  },
};

const deaf: Fault = {
  name: "listeners",
  what: "pg_terminate_backend of the listeners",
  isShort: true,
  async run(scene) {
    for (let round = 0; round < (scene.isShort ? 2 : 5); round++) {
      await terminate(scene.world, "parley listener");
      await pass(1_200, scene);
    }
  },
};

const disconnected: Fault = {
  name: "backends",
  what: "pg_terminate_backend of every connection of the instances",
  isShort: true,
  async run(scene) {
    for (let round = 0; round < (scene.isShort ? 2 : 5); round++) {
      await terminate(scene.world, "parley%");
      await pass(1_200, scene);
    }
  },
};

function terminate({ sql }: World, name: string) {
  return sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name like ${name} and datname = current_database()`;
}

/** 2 MB: more than what is notified in a run, and soon filled. PostgreSQL's own default is 8 GB. */
const queuePages = 256;

const fullQueue: Fault = {
  name: "full-queue",
  what: "a full notification queue: sends cannot commit until its oldest reader is gone",
  settings: { max_notify_queue_pages: queuePages },
  async run(scene) {
    const { sql } = scene.world;
    // Who listens and stays in a transaction reads no notification, and so keeps all of them.
    const holder = await sql.reserve();
    await holder`listen chaos_holder`;
    await holder`begin`;
    await holder`select 1`;
    try {
      await fill(sql);
      await pass(5_000, scene);
    } finally {
      await holder`rollback`;
      await holder`unlisten chaos_holder`;
      holder.release();
    }
  },
};

async function fill(sql: World["sql"]) {
  for (let page = 0; page <= 2 * queuePages; page++) {
    try {
      await sql`select pg_notify('chaos_filler', ${`${page} `.padEnd(7_900, "x")})`;
    } catch (error) {
      if (error instanceof Error && /NOTIFY queue/.test(error.message)) return;
      throw error;
    }
  }
  throw new Error("The notification queue cannot be filled");
}

export const databaseFaults = [crash, away, deaf, disconnected, fullQueue];
