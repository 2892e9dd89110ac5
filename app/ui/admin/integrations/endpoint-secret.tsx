import { Form } from "@remix-run/react";
import { webhookPath } from "~/http/paths";
import type { Endpoint } from "~/integration/webhooks/endpoint";
import { Button } from "~/ui/button";
import { useLanguage } from "~/ui/i18n";
import { Panel } from "../panel";

/** A new secret, in two steps, because the host has to learn it within a day. */
export function EndpointSecret({ endpoint, isBusy }: { endpoint: Endpoint; isBusy: boolean }) {
  const { t, format } = useLanguage();
  const { id, previousSecretUntil } = endpoint;
  return (
    <Panel id="secret-of" title={t("webhooks.secret")}>
      <p className="text-pretty text-muted text-sm">{t("webhooks.secretText")}</p>
      {previousSecretUntil && (
        <p className="mt-2 text-sm">
          {t("webhooks.previousSecret", { at: format.moment(new Date(previousSecretUntil)) })}
        </p>
      )}
      <details className="mt-1">
        <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-accent underline">
          {t("webhooks.rotate")}
        </summary>
        <Form method="post" action={`${webhookPath(id)}#made`} className="mt-1 space-y-3">
          <p className="text-pretty text-sm">{t("webhooks.rotateText")}</p>
          <input type="hidden" name="previousSecretUntil" value={previousSecretUntil ?? ""} />
          <Button variant="secondary" name="intent" value="rotate" disabled={isBusy}>
            {t("webhooks.rotateButton")}
          </Button>
        </Form>
      </details>
    </Panel>
  );
}
