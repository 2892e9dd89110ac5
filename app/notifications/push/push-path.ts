/** Where pages and the service worker read the key, subscribe and unsubscribe. */
export const pushPath = "/settings/push";

export const serviceWorkerPath = "/service-worker.js";

/** What `pushPath` answers to whoever asks how it stands. */
export type PushStanding = {
  /** The key that push services know this Parley by, in base64url. */
  publicKey: string;
  /** Whether the session that asks is pushed to. */
  isOn: boolean;
};
