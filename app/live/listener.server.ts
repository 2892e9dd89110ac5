import postgres from "postgres";
import { channel, type Notification, unpackNotifications } from "./notify.server";

/**
 * The one connection of a process that listens. It reconnects by itself; what was notified
 * meanwhile is gone, so `onListening` is called each time it listens (again).
 */
export async function listen(
  url: string,
  on: { notification: (notification: Notification) => void; listening: () => void },
) {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "parley listener" },
  });
  await sql.listen(
    channel,
    (payload) => {
      for (const notification of unpackNotifications(payload)) on.notification(notification);
    },
    on.listening,
  );
  return { close: () => sql.end({ timeout: 1 }) };
}
