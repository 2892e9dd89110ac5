import { pushPath } from "./push-path";

/** Tells the server where this browser is to be pushed to. @returns whether it took it */
export async function postSubscription(
  subscription: PushSubscription,
  former?: string,
): Promise<boolean> {
  const { endpoint, keys } = subscription.toJSON();
  const fields = {
    intent: "subscribe",
    endpoint: endpoint ?? "",
    p256dh: keys?.p256dh ?? "",
    auth: keys?.auth ?? "",
    ...(former && { former }),
  };
  return postPush(fields);
}

export async function postPush(fields: Record<string, string>): Promise<boolean> {
  const body = new URLSearchParams(fields);
  // Who is not signed in is led to a page, which is no answer.
  return (await fetch(pushPath, { method: "POST", body, redirect: "manual" })).ok;
}
