import postgres from "postgres";
import { channel, type Notification, unpackNotifications } from "./notify.server";

/**
 * The one connection of a process that listens. It reconnects by itself; what was notified
 * meanwhile is gone, so `listening` is called each time it listens (again).
 *
 * Not `sql.listen` of postgres.js, which keeps to itself that its connection is gone.
 */
export async function listen(
  url: string,
  on: { notification: (notification: Notification) => void; listening: () => void },
) {
  let isListening = false;
  let isClosed = false;
  const options = {
    max: 1,
    max_lifetime: null,
    fetch_types: false,
    connection: { application_name: "parley listener" },
    onnotice: () => {},
    onnotify: (_channel: string, payload: string) => {
      for (const notification of unpackNotifications(payload)) on.notification(notification);
    },
    onclose: () => {
      isListening = false;
      // When it cannot connect this comes again, each time a little later.
      if (!isClosed) start().catch(() => {});
    },
  };
  const sql = postgres(url, options);

  async function start() {
    await sql`listen ${sql(channel)}`;
    isListening = true;
    on.listening();
  }

  function close() {
    isClosed = true;
    return sql.end({ timeout: 1 });
  }

  await start().catch(async (error) => {
    await close();
    throw error;
  });
  return { isListening: () => isListening, close };
}
