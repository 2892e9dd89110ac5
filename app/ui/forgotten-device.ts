import { useEffect } from "react";

/**
 * For pages that only those see who are signed out: nothing on this device goes on telling of whoever
 * was signed in before, neither the number on the icon of the installed program nor what was pushed.
 */
export function useForgottenDevice(): void {
  useEffect(() => {
    forget().catch(() => {});
  }, []);
}

async function forget(): Promise<void> {
  await navigator.setAppBadge?.(0).catch(() => {});
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
}
