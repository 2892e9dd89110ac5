/** What a service worker has of its own: TypeScript's types of it cannot stand beside those of pages. */
export type Scope = {
  registration: ServiceWorkerRegistration;
  clients: Clients;
  navigator: Navigator;
  location: Location;
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof Events>(
    name: Name,
    listener: (event: Extendable & Events[Name]) => void,
  ): void;
};

type Extendable = { waitUntil(work: Promise<unknown>): void };

type Events = {
  install: object;
  activate: object;
  push: { data: { json(): unknown } | null };
  notificationclick: { notification: Notification };
  pushsubscriptionchange: SubscriptionChange;
};

/** Not every browser says what was and what is. */
export type SubscriptionChange = {
  oldSubscription?: PushSubscription | null;
  newSubscription?: PushSubscription | null;
};

export type Clients = {
  claim(): Promise<void>;
  matchAll(options: { type: "window"; includeUncontrolled: true }): Promise<WindowClient[]>;
  openWindow(url: string): Promise<WindowClient | null>;
};

export type WindowClient = {
  url: string;
  visibilityState: DocumentVisibilityState;
  focus(): Promise<WindowClient>;
  navigate(url: string): Promise<WindowClient | null>;
};

export const windowsOf = ({ clients }: Pick<Scope, "clients">) =>
  clients.matchAll({ type: "window", includeUncontrolled: true });
