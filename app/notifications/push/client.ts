import { type PushStanding, pushPath, serviceWorkerPath } from "./push-path";
import { postPush, postSubscription } from "./subscription-fields";

/**
 * Whether this browser is pushed to: it cannot be, it could be once Parley is on the home screen (as
 * iPhones want it), its owner said no, or it is or is not.
 */
export type PushState = "unsupported" | "uninstalled" | "denied" | "off" | "on";

export async function readPushState(): Promise<PushState> {
  if (!isSupported()) return isUninstalled() ? "uninstalled" : "unsupported";
  if (Notification.permission === "denied") return "denied";
  if (Notification.permission !== "granted") return "off";
  const [standing, subscription] = await Promise.all([readStanding(), findSubscription()]);
  return standing.isOn && subscription ? "on" : "off";
}

/** To be called by a click: browsers ask their owners only then. */
export async function turnOn(): Promise<PushState> {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return permission === "denied" ? "denied" : "off";
  const { publicKey } = await readStanding();
  const { pushManager } = await register();
  const former = await pushManager.getSubscription();
  // One of other keys, or of nobody any more, is no use.
  await former?.unsubscribe();
  const subscription = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  if (!(await postSubscription(subscription, former?.endpoint))) {
    await subscription.unsubscribe();
    throw new Error("The server did not take the subscription");
  }
  return "on";
}

export async function turnOff(): Promise<PushState> {
  const subscription = await findSubscription();
  if (subscription) {
    await postPush({ intent: "unsubscribe", endpoint: subscription.endpoint });
    await subscription.unsubscribe();
  }
  return "off";
}

const checkedKey = "push-checked";
/** In ms. */
const checkedEvery = 24 * 60 * 60 * 1000;

/**
 * Once a day: a browser that is pushed to and lost what it was pushed to with, or has it of other keys
 * than Parley's, gets it anew. Nobody is asked anything.
 */
export async function renew(): Promise<void> {
  if (!isSupported() || Date.now() - Number(localStorage.getItem(checkedKey)) < checkedEvery)
    return;
  localStorage.setItem(checkedKey, String(Date.now()));
  const standing = await readStanding();
  if (!standing.isOn) return;
  const subscription = await findSubscription();
  const key = subscription?.options.applicationServerKey;
  if (key && toBase64url(key) === standing.publicKey) return;
  await turnOn();
}

function toBase64url(bytes: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

const isSupported = () =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** A browser of an iPhone or iPad, where push is for what stands on the home screen. */
function isUninstalled(): boolean {
  const isApples = /iPhone|iPad|iPod/.test(navigator.userAgent) || isDesktopLikeIPad();
  return isApples && !matchMedia("(display-mode: standalone)").matches;
}

const isDesktopLikeIPad = () =>
  /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;

async function readStanding(): Promise<PushStanding> {
  const answer = await fetch(pushPath, { redirect: "manual" });
  if (!answer.ok) throw new Error("The server did not say how pushes stand");
  return answer.json();
}

async function register(): Promise<ServiceWorkerRegistration> {
  await navigator.serviceWorker.register(serviceWorkerPath, { updateViaCache: "none" });
  return navigator.serviceWorker.ready;
}

async function findSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}
