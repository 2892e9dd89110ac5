import type { LiveStore } from "~/live/client/store";
import { renew } from "./client";
import type { PushPayload } from "./payload";

/** Messages come and are read in bursts; looking takes a few ms. */
const waitMs = 300;

/**
 * Closes what this device shows of what was read, here or elsewhere, as long as a page is open,
 * and looks once in a while whether the browser still has what it is pushed to with.
 */
export function tend(live: LiveStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      closeRead(live).catch(() => {});
    }, waitMs);
  };
  const end = live.subscribe(look);
  look();
  renew().catch(() => {});
  return () => {
    end();
    clearTimeout(timer);
  };
}

async function closeRead(live: LiveStore): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const shown of (await registration?.getNotifications()) ?? []) {
    const data = shown.data as PushPayload | undefined;
    const isOver =
      data?.kind === "messages" ? isRead(live, data, shown) : live.notifications.unread === 0;
    if (data && isOver) shown.close();
  }
}

/** What was shown before the page was loaded, and is not unread in it, was read before. */
function isRead(live: LiveStore, { chatId, seq }: { chatId: string; seq: number }, shown: object) {
  const { timestamp } = shown as { timestamp?: number };
  const wasThere = timestamp !== undefined && timestamp < performance.timeOrigin;
  return live.readOf(chatId) >= seq || (wasThere && live.unreadOf(chatId) === 0);
}
