import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { browserOf } from "~/accounts/browser.server";
import { requireViewer } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { readForm } from "~/http/forms.server";
import type { PushStanding } from "~/notifications/push/push-path";
import { pushForm } from "~/notifications/push/subscription-form";
import { isPushedTo, subscribe, unsubscribe } from "~/notifications/push/subscriptions.server";
import { readVapid } from "~/notifications/push/vapid.server";

/** What the browser's own scripts ask before they subscribe. */
export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const [{ publicKey }, isOn] = await Promise.all([readVapid(db), isPushedTo(db, viewer)]);
  return Response.json({ publicKey, isOn } satisfies PushStanding);
}

/** The browser's own scripts subscribe and unsubscribe it; people end devices in `/settings`. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = await readForm(request, pushForm);
  if (!form.ok) return Response.json({ errors: form.result.error }, { status: form.status });
  const { value } = form;
  if (value.intent === "unsubscribe") {
    await unsubscribe(db, viewer, value.endpoint);
    return Response.json({ done: true });
  }
  const { intent: _, ...draft } = value;
  const subscribed = await subscribe(db, viewer, { ...draft, ...browserOf(request) });
  if (!subscribed) return Response.json({}, { status: 401 });
  return Response.json(subscribed, { status: "refused" in subscribed ? 422 : 200 });
}
