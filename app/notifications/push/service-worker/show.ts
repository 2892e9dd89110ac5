import type { PushPayload } from "../payload";
import { type Scope, windowsOf } from "./scope";

type OfMessages = Extract<PushPayload, { kind: "messages" }>;
type OfRead = Extract<PushPayload, { kind: "read" }>;
type Shown = OfMessages | OfRead;

/** How long in ms something stands there only because something has to. */
const momentMs = 1_000;

/** For a push that nobody can read, as from a Parley of another day. */
const unknown = { title: "Parley", path: "/chats", tag: "unknown" };

/** Shows what a push says: always something, because browsers end subscriptions that show nothing. */
export async function show(scope: Scope, payload: PushPayload | null): Promise<void> {
  if (payload && "unread" in payload) scope.navigator.setAppBadge?.(payload.unread).catch(() => {});
  if (payload?.kind === "messages") return showMessages(scope, payload);
  if (payload?.kind === "read") return takeBack(scope, payload);
  const { title, ...shown } = payload ?? unknown;
  await notify(scope, title, shown);
}

async function showMessages(scope: Scope, payload: OfMessages): Promise<void> {
  const windows = await windowsOf(scope);
  const isInView = windows.some(
    ({ url, visibilityState }) =>
      visibilityState === "visible" && new URL(url).pathname === payload.path,
  );
  if (isInView) return showForAMoment(scope, payload);
  // What left later may arrive earlier, also what says that there is less of the same.
  const newer = (await shownOf(scope, payload)).find(({ data }) => data?.seq >= payload.seq);
  const { title, ...shown } = (newer?.data as Shown | undefined) ?? payload;
  await notify(scope, title, { ...shown, silent: Boolean(newer), renotify: !newer });
}

async function takeBack(scope: Scope, { rest, ...payload }: OfRead): Promise<void> {
  const shown = await shownOf(scope, payload);
  // More came since.
  if (shown.some((one) => isNewer(one, payload))) return;
  if (rest) {
    const { title, ...left } = { ...payload, ...rest, kind: "messages" };
    return notify(scope, title, { ...left, silent: true });
  }
  for (const one of shown) one.close();
  await showForAMoment(scope, payload);
}

/** Where a page is in view nobody asks for anything to be shown, but on Apple's devices. */
async function showForAMoment(scope: Scope, payload: Shown): Promise<void> {
  const windows = await windowsOf(scope);
  const isLookedAt = windows.some(({ visibilityState }) => visibilityState === "visible");
  if (isLookedAt && !isApples(scope.navigator)) return;
  const { title, ...shown } = payload;
  await notify(scope, title, { ...shown, silent: true });
  // After the event: browsers look at its end whether something is there.
  setTimeout(async () => {
    for (const one of await shownOf(scope, payload)) {
      if (!isNewer(one, payload)) one.close();
    }
  }, momentMs);
}

const shownOf = ({ registration }: Scope, { tag }: Shown) => registration.getNotifications({ tag });

/** What another day's worker shows may say nothing of itself. */
const isNewer = ({ data }: Notification, { seq }: Shown) => data?.seq > seq;

type Options = { body?: string; path: string; tag: string; lang?: string } & {
  silent?: boolean;
  renotify?: boolean;
};

function notify({ registration }: Scope, title: string, options: Options): Promise<void> {
  const { body, tag, lang, silent = false, renotify = false, ...data } = options;
  const shown = {
    body,
    tag,
    lang,
    silent,
    renotify,
    dir: "auto",
    icon: "/icons/icon-192.png",
    badge: "/icons/badge-96.png",
    data: { title, body, tag, lang, ...data },
  } as const;
  return registration.showNotification(title, shown);
}

const isApples = ({ userAgent }: Navigator) =>
  /AppleWebKit/.test(userAgent) && !/Chrom(e|ium)\//.test(userAgent);
