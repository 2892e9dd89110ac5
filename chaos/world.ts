import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { Instance } from "./instance";
import { findPort, makePostgres, type Settings } from "./postgres";
import { fair, ProxyServer, type Weather } from "./proxy";

/** Two instances, a proxy before each of them, and their PostgreSQL. */
export async function makeWorld() {
  const database = await makePostgres();
  const secret = randomBytes(32).toString("hex");
  // What is shared with the application (sign-in) reads them where a web process does.
  Object.assign(process.env, { DATABASE_URL: database.url, SESSION_SECRET: secret });
  const environment = {
    DATABASE_URL: database.url,
    SESSION_SECRET: secret,
    HOST: "127.0.0.1",
    WEB_PROCESSES: "1",
    LOG_LEVEL: "warn",
    DEMO: "0",
    // The suite's few people write more than a person may, and load long chats.
    LIMIT_SENDS_PER_SECOND: "1000",
    LIMIT_SEND_BURST: "1000",
    LIMIT_SENDS_PER_MINUTE: "60000",
    LIMIT_MESSAGES_PER_PAGE: "500",
  };
  const instances: Instance[] = [];
  const proxies: ProxyServer[] = [];
  for (const name of ["A", "B"]) {
    const DATA_DIR = join(database.dataDir, name);
    mkdirSync(DATA_DIR);
    const port = await findPort();
    instances.push(new Instance(name, port, { ...environment, DATA_DIR }));
    proxies.push(new ProxyServer(port, await findPort()));
  }
  // Of its own name, so that what ends the connections of the instances leaves it alone.
  const connection = { application_name: "chaos" };
  const sql = postgres(database.url, { max: 4, onnotice: () => {}, connection });

  async function start() {
    await Promise.all([...instances, ...proxies].map((one) => one.start()));
  }

  /** Makes sure that PostgreSQL runs with these settings and no others. */
  async function configure(settings: Settings) {
    if (JSON.stringify(settings) === JSON.stringify(database.settings())) return;
    await database.stop("SIGINT");
    await database.start(settings);
    await Promise.all(instances.map((instance) => instance.becomesReady()));
  }

  function setWeather(weather: Partial<Weather>) {
    for (const proxy of proxies) proxy.weather = { ...fair, ...weather };
  }

  async function close() {
    await Promise.allSettled([
      ...instances.map((instance) => instance.kill()),
      ...proxies.map((proxy) => proxy.close()),
      sql.end({ timeout: 1 }),
    ]);
    await database.close();
  }

  const origins = proxies.map(({ origin }) => origin);
  return { database, instances, proxies, origins, sql, start, configure, setWeather, close };
}

export type World = Awaited<ReturnType<typeof makeWorld>>;
