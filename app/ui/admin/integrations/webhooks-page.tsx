import { Form, Link, useNavigation } from "@remix-run/react";
import { webhookPath, webhooksPath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { Endpoint } from "~/integration/webhooks/endpoint";
import { eventTypes } from "~/integration/webhooks/event-types";
import { Button } from "~/ui/button";
import { FormErrors } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Panel } from "../panel";
import { Done } from "./done";
import { EndpointFields } from "./endpoint-fields";
import { EndpointState } from "./endpoint-state";
import { IntegrationsLinks } from "./integrations-links";
import { ShownOnce } from "./shown-once";

type Props = {
  page: { endpoints: Endpoint[]; draftId: string; isDeleted: boolean };
  answer?: {
    refused?: RefusedForm;
    made?: { id: string; url: string; secret: string };
    isMadeAlready?: boolean;
  };
};

/** Where the host is told what happens. */
export function WebhooksPageView({ page, answer }: Props) {
  const t = useT();
  const { endpoints, draftId } = page;
  const { made, isMadeAlready, refused } = answer ?? {};
  return (
    <>
      <h1 className="mt-5 font-semibold text-2xl tracking-tight">{t("integrations.title")}</h1>
      <IntegrationsLinks />
      <div className="mt-4 space-y-4">
        {made && (
          <ShownOnce
            key={made.secret}
            title={t("webhooks.made", { url: made.url })}
            text={t("webhooks.shownOnce")}
            secret={made.secret}
          />
        )}
        {isMadeAlready && <FormErrors id="made-error" errors={[{ id: "webhooks.refused.made" }]} />}
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_28rem]">
          <Panel
            id="endpoints"
            title={t("webhooks.endpoints")}
            aside={<Done text={page.isDeleted && !answer && t("webhooks.deleted")} />}
          >
            <p className="text-pretty text-muted text-sm">{t("webhooks.text")}</p>
            {endpoints.length === 0 && <p className="mt-3">{t("webhooks.none")}</p>}
            <ul className="mt-3 divide-y divide-line">
              {endpoints.map((endpoint) => (
                <li key={endpoint.id} className="space-y-1 py-3 text-sm first:pt-0 last:pb-0">
                  <Link
                    to={webhookPath(endpoint.id)}
                    dir="ltr"
                    className="inline-block py-1 font-medium text-accent underline [overflow-wrap:anywhere]"
                  >
                    {endpoint.url}
                  </Link>
                  <EndpointState endpoint={endpoint} />
                  <p className="text-muted [overflow-wrap:anywhere]">
                    <code translate="no">{endpoint.eventTypes.join(", ")}</code>
                  </p>
                </li>
              ))}
            </ul>
          </Panel>
          <NewEndpoint
            // What was made leaves an empty form behind.
            key={made || isMadeAlready ? draftId : ""}
            draftId={draftId}
            refused={refused}
          />
        </div>
      </div>
    </>
  );
}

function NewEndpoint({ draftId, refused }: { draftId: string; refused?: RefusedForm }) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(refused, "create");
  return (
    <Panel id="new-endpoint" title={t("webhooks.new")}>
      <Form method="post" action={`${webhooksPath()}#made`} className="space-y-4">
        <FormErrors id="endpoint-error" errors={errors[""]} />
        <input type="hidden" name="id" value={typed.id ?? draftId} />
        <EndpointFields chosen={eventTypes} refused={refused} />
        <Button name="intent" value="create" disabled={isBusy}>
          {t("webhooks.create")}
        </Button>
      </Form>
    </Panel>
  );
}
