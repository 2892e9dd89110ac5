import { Form, Link, useNavigation } from "@remix-run/react";
import { webhookPath } from "~/http/paths";
import type { EndpointPage } from "~/integration/webhooks/endpoint-page.server";
import { Button, buttonClass } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Choices } from "../choices";
import { Panel } from "../panel";
import { DeliveryItem } from "./delivery-item";
import { Done } from "./done";

const states = [null, "waiting", "delivered", "failed"] as const;

/** What an endpoint was told, and is to be. */
export function DeliveryLog({ page, done }: { page: EndpointPage; done: string | null }) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { endpoint, deliveries, next, state, before, opened } = page;
  const address = (asked: { before?: string; of?: string }) =>
    webhookPath(endpoint.id, { state: state ?? undefined, ...asked }, "log");
  const isOn = endpoint.switchedOff === null;
  const said = (done === "resend" || done === "resendFailed") && t("webhooks.resent");
  return (
    <Panel id="log" title={t("webhooks.log")} aside={<Done text={said} />}>
      <p className="text-pretty text-muted text-sm">{t("webhooks.logText")}</p>
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <Choices
          label={t("webhooks.filter")}
          choices={states.map((one) => ({
            to: webhookPath(endpoint.id, { state: one ?? undefined }, "log"),
            label: t(`webhooks.state.${one ?? "all"}`),
            isCurrent: one === state,
          }))}
        />
        <Form method="post" action={webhookPath(endpoint.id)}>
          <Button variant="secondary" name="intent" value="resendFailed" disabled={isBusy || !isOn}>
            {t("webhooks.resendFailed")}
          </Button>
        </Form>
      </div>
      {deliveries.length === 0 && <p className="mt-4">{t("webhooks.nothing")}</p>}
      <ol className="mt-3 divide-y divide-line">
        {deliveries.map((delivery) => (
          <DeliveryItem
            key={delivery.id}
            delivery={delivery}
            attempts={opened?.id === delivery.id ? opened.attempts : undefined}
            openPath={address({ before: before ?? undefined, of: delivery.id })}
            maySend={isOn && !isBusy}
          />
        ))}
      </ol>
      {(next || before) && (
        <p className="mt-4 flex flex-wrap gap-3">
          {before && (
            <Link to={address({})} className={buttonClass("secondary")}>
              {t("webhooks.newest")}
            </Link>
          )}
          {next && (
            <Link to={address({ before: next })} className={buttonClass("secondary")}>
              {t("webhooks.older")}
            </Link>
          )}
        </p>
      )}
    </Panel>
  );
}
