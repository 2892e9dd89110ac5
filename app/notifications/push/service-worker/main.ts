import { open } from "./open";
import { readPush } from "./read-push";
import { resubscribe } from "./resubscribe";
import type { Scope } from "./scope";
import { show } from "./show";

/**
 * The service worker: it shows pushes, and does nothing else. It answers no requests, so that an
 * older one cannot keep anybody from a newer Parley, and the newest takes over at once.
 */
const scope = self as unknown as Scope;

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener("push", (event) => event.waitUntil(show(scope, readPush(event.data))));

scope.addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  event.waitUntil(open(scope, notification.data?.path ?? "/chats"));
});

scope.addEventListener("pushsubscriptionchange", (event) =>
  event.waitUntil(resubscribe(scope, event)),
);
