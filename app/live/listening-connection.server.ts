import { connect as connectSocket, type Socket } from "node:net";
import postgres from "postgres";
import { within } from "~/operations/deadline.server";
import { channel } from "./notify.server";

/** What PostgreSQL says of itself each time it is asked; times as Unix time in ms. */
export type Vitals = {
  /** How full the queue of notifications is, of the whole cluster, 0 to 1. */
  queueUsage: number;
  /** Its clock, and ours before and after. */
  databaseTime: number;
  askedAt: number;
  answeredAt: number;
};

type On = { payload: (payload: string) => void; vitals: (vitals: Vitals) => void };

/**
 * How often the connection is asked whether it still hears, and how long it may take to answer, in
 * ms: together the longest that a dead one goes unnoticed.
 */
export const watch = { everyMs: 1_500, patienceMs: 2_500 };

/** PostgreSQL drops a listener that takes nothing for so long, because it holds the queue for all. */
const serverPatience = "60s";

type Target = { path: string | false; host: string[]; port: number[] };

/**
 * A connection that listens from the moment it is there until `lost` resolves, with the reason. It
 * is watched: a peer that vanished without a word, a stopped backend, or a pooler that listens for
 * somebody else is as good as lost. It never reconnects.
 *
 * It never opens a transaction that lasts: a listener inside one would let the queue fill up, and
 * with a full queue nobody's NOTIFY commits.
 *
 * @param attempt picks the host where the address names several
 * @throws when it cannot listen
 */
export async function openListening(url: string, on: On, attempt: number) {
  const { promise: lost, resolve: lose } = Promise.withResolvers<Error>();
  let socket: Socket | undefined;
  let isOver = false;
  const options = {
    max: 1,
    max_lifetime: null,
    idle_timeout: 0,
    fetch_types: false,
    backoff: () => 0,
    connection: { application_name: "parley listener" },
    onnotice: () => {},
    onnotify: (_channel: string, payload: string) => on.payload(payload),
    onclose: () => lose(new Error("The listening connection was closed")),
    // Our own socket, because theirs cannot be destroyed: ending one asks the peer, who may be gone.
    socket: async (target: Target) => {
      if (isOver || socket) throw new Error("The listening connection was closed");
      socket = await dial(target, attempt);
      return socket;
    },
  };
  const sql = postgres(url, options);

  function destroy(): void {
    isOver = true;
    socket?.destroy();
    sql.end({ timeout: 0 }).catch(() => {});
    lose(new Error("The listening connection was given up"));
  }

  async function keepAsking(): Promise<void> {
    while (!isOver) {
      await new Promise((resolve) => setTimeout(resolve, watch.everyMs).unref());
      if (isOver) return;
      const askedAt = Date.now();
      const [answer] = await within(
        watch.patienceMs,
        sql<{ usage: number; hears: boolean; now: number }[]>`
          select pg_notification_queue_usage() as usage,
            ${channel} in (select pg_listening_channels()) as hears,
            (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
      );
      if (!answer?.hears) throw new Error("The connection does not listen any more");
      const { usage: queueUsage, now: databaseTime } = answer;
      on.vitals({ queueUsage, databaseTime, askedAt, answeredAt: Date.now() });
    }
  }

  try {
    await within(watch.patienceMs, sql`listen ${sql(channel)}`);
    await within(
      watch.patienceMs,
      sql`select set_config('tcp_user_timeout', ${serverPatience}, false)`,
    );
  } catch (error) {
    destroy();
    throw error;
  }
  keepAsking().catch((error) => {
    lose(error);
    destroy();
  });
  return { lost, destroy };
}

/** @throws what the socket fails with; the address is tried again by whoever called */
async function dial({ path, host, port }: Target, attempt: number): Promise<Socket> {
  const at = attempt % host.length;
  const name = host[at];
  const socket = path ? connectSocket(path) : connectSocket(port[at] ?? 5432, name);
  const connected = new Promise((resolve, reject) =>
    socket.once("connect", resolve).once("error", reject),
  );
  try {
    await within(watch.patienceMs, connected);
  } catch (error) {
    socket.on("error", () => {}).destroy();
    throw error;
  }
  // What TLS names as the server.
  return Object.assign(socket, { host: name });
}
