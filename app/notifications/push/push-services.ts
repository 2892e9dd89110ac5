/**
 * The hosts of the browsers' push services: Google's (Chrome and what is made of it), Mozilla's,
 * Apple's and Microsoft's.
 */
export const knownPushServices =
  "fcm.googleapis.com, *.push.services.mozilla.com, *.push.apple.com, *.notify.windows.com";

/** An endpoint of a push service that is in the list. */
export type AllowedEndpoint = {
  url: URL;
  /** The operator wrote down this very origin, so that its address need not be a public one. */
  mayBePrivate: boolean;
};

const hostname = /^(\*\.)?[a-z\d-]+(\.[a-z\d-]+)+$/;

/**
 * @param list hosts (`push.example.com`), all hosts below one (`*.example.com`), both by https at its
 *   own port, and whole origins (`http://127.0.0.1:4000`), with commas between them
 */
export function parsePushServices(list: string): string[] | null {
  const entries = list
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .filter(Boolean);
  return entries.every((entry) => hostname.test(entry) || isOrigin(entry)) ? entries : null;
}

/** @returns null for what is no endpoint of those services */
export function allowedEndpoint(
  endpoint: string,
  services: readonly string[],
): AllowedEndpoint | null {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (!url || url.username || url.password) return null;
  if (services.includes(url.origin)) return { url, mayBePrivate: true };
  const isHost = services.some((service) =>
    service.startsWith("*.")
      ? url.hostname.endsWith(service.slice(1))
      : !service.includes("/") && url.hostname === service,
  );
  const isUsual = url.protocol === "https:" && url.port === "";
  return isHost && isUsual ? { url, mayBePrivate: false } : null;
}

/** Apple ends a subscription whose pushes show nothing, and tells nobody. */
export function isApples(endpoint: string): boolean {
  return new URL(endpoint).hostname.endsWith(".push.apple.com");
}

function isOrigin(entry: string): boolean {
  return /^https?:\/\//.test(entry) && URL.canParse(entry) && new URL(entry).origin === entry;
}
