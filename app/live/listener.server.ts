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
  let isListening = false;
  const sql = postgres(url, {
    max: 1,
    onnotice: () => {},
    onclose: () => {
      isListening = false;
    },
    connection: { application_name: "parley listener" },
  });
  await sql.listen(
    channel,
    (payload) => {
      for (const notification of unpackNotifications(payload)) on.notification(notification);
    },
    () => {
      isListening = true;
      on.listening();
    },
  );
  return { isListening: () => isListening, close: () => sql.end({ timeout: 1 }) };
}
