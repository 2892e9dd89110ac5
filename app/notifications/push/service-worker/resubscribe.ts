import { type PushStanding, pushPath } from "../push-path";
import { postSubscription } from "../subscription-fields";
import type { Scope, SubscriptionChange } from "./scope";

/**
 * The browser gave up its endpoint: it gets another, for who is pushed to. Who signed in after him
 * was never asked.
 */
export async function resubscribe(scope: Scope, change: SubscriptionChange): Promise<void> {
  const answer = await fetch(pushPath, { redirect: "manual" });
  if (!answer.ok) return;
  const { publicKey, isOn } = (await answer.json()) as PushStanding;
  if (!isOn) return;
  const { pushManager } = scope.registration;
  const subscription =
    change.newSubscription ??
    (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }));
  await postSubscription(subscription, change.oldSubscription?.endpoint);
}
