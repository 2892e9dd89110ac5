import { Form, Link, useNavigation } from "@remix-run/react";
import { webhookPath, webhooksPath } from "~/http/paths";
import type { RefusedForm } from "~/http/refused-form";
import type { EndpointPage } from "~/integration/webhooks/endpoint-page.server";
import { Button } from "~/ui/button";
import { FormErrors } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Panel } from "../panel";
import { DeliveryLog } from "./delivery-log";
import { Done } from "./done";
import { EndpointFields } from "./endpoint-fields";
import { EndpointSecret } from "./endpoint-secret";
import { EndpointState } from "./endpoint-state";
import { ShownOnce } from "./shown-once";

type Props = { page: EndpointPage; answer?: { refused?: RefusedForm; secret?: string } };

/** One endpoint: what it is told of, how that goes, and the log of it. */
export function EndpointPageView({ page, answer }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { endpoint } = page;
  const { refused, secret } = answer ?? {};
  const done = answer ? null : page.done;
  const own = refused?.intent === "save" ? refused : undefined;
  return (
    <>
      <p className="mt-4 text-sm">
        <Link to={webhooksPath()} className="inline-block py-1 text-accent underline">
          {t("webhooks.title")}
        </Link>
      </p>
      <h1 className="mt-1 font-semibold text-xl tracking-tight [overflow-wrap:anywhere]" dir="ltr">
        {endpoint.url}
      </h1>
      <EndpointState endpoint={endpoint} />
      <div className="mt-4 space-y-4">
        {secret && (
          <ShownOnce
            key={secret}
            title={t("webhooks.rotated")}
            text={t("webhooks.rotatedText")}
            secret={secret}
          />
        )}
        {refused && !own && <FormErrors id="refused" errors={refused.errors[""]} />}
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_28rem]">
          <DeliveryLog page={page} done={done} />
          <div className="min-w-0 space-y-4">
            <Panel
              id="endpoint"
              title={t("webhooks.endpoint")}
              aside={<Done text={done === "save" && t("webhooks.saved")} />}
            >
              <Form
                // What was saved elsewhere shows here, too.
                key={JSON.stringify([endpoint.url, endpoint.eventTypes])}
                method="post"
                action={`${webhookPath(endpoint.id)}#endpoint`}
                className="space-y-4"
              >
                <FormErrors id="endpoint-error" errors={own?.errors[""]} />
                <EndpointFields url={endpoint.url} chosen={endpoint.eventTypes} refused={own} />
                <Button name="intent" value="save" disabled={isBusy}>
                  {t("webhooks.save")}
                </Button>
              </Form>
            </Panel>
            <OnOff page={page} done={done} isBusy={isBusy} />
            <EndpointSecret endpoint={endpoint} isBusy={isBusy} />
            <Delete id={endpoint.id} isBusy={isBusy} />
          </div>
        </div>
      </div>
    </>
  );
}

type Part = { page: EndpointPage; done: string | null; isBusy: boolean };

function OnOff({ page: { endpoint }, done, isBusy }: Part) {
  const t = useT();
  const isOn = endpoint.switchedOff === null;
  const said =
    (done === "switchOn" && t("webhooks.switchedOn")) ||
    (done === "switchOff" && t("webhooks.switchedOff"));
  return (
    <Panel
      id="switch"
      title={t(isOn ? "webhooks.isOn" : "webhooks.isOff")}
      aside={<Done text={said} />}
    >
      <p className="text-pretty text-muted text-sm">
        {t(isOn ? "webhooks.switchOffText" : "webhooks.switchOnText")}
      </p>
      <Form method="post" action={webhookPath(endpoint.id)} className="mt-3">
        <Button
          variant={isOn ? "secondary" : "primary"}
          name="intent"
          value={isOn ? "switchOff" : "switchOn"}
          disabled={isBusy}
        >
          {t(isOn ? "webhooks.switchOff" : "webhooks.switchOn")}
        </Button>
      </Form>
    </Panel>
  );
}

/** Two steps, because nothing brings it back. */
function Delete({ id, isBusy }: { id: string; isBusy: boolean }) {
  const t = useT();
  return (
    <details className="rounded-2xl border border-line bg-surface p-4 shadow-card">
      <summary className="flex min-h-11 cursor-pointer items-center font-medium text-danger">
        {t("webhooks.delete")}
      </summary>
      <Form method="post" action={webhookPath(id)} className="mt-2 space-y-3">
        <p className="text-pretty text-muted text-sm">{t("webhooks.deleteText")}</p>
        <Button variant="danger" name="intent" value="delete" disabled={isBusy}>
          {t("webhooks.deleteButton")}
        </Button>
      </Form>
    </details>
  );
}
