import { Form, useNavigation } from "@remix-run/react";
import { integrationsPath } from "~/http/paths";
import type { ListedKey } from "~/integration/keys/keys.server";
import { Button } from "~/ui/button";
import { type Language, useLanguage, useT } from "~/ui/i18n";
import { Panel } from "../panel";
import { Done } from "./done";

type Props = { keys: ListedKey[]; isRevoked: boolean };

/** The keys of the host: those that count first, and what there was before. */
export function KeyList({ keys, isRevoked }: Props) {
  const t = useT();
  const valid = keys.filter(({ state }) => state === "valid");
  const over = keys.filter(({ state }) => state !== "valid");
  return (
    <Panel
      id="keys"
      title={t("integrations.keys")}
      aside={<Done text={isRevoked && t("integrations.revoked")} />}
    >
      <p className="text-pretty text-muted text-sm">{t("integrations.keysText")}</p>
      {valid.length === 0 && <p className="mt-3">{t("integrations.noKeys")}</p>}
      <ul className="mt-3 divide-y divide-line">
        {valid.map((key) => (
          <li key={key.id} className="py-3 first:pt-0 last:pb-0">
            <OneKey apiKey={key} />
            <Revoke apiKey={key} />
          </li>
        ))}
      </ul>
      {over.length > 0 && (
        <details className="mt-3">
          <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-accent underline">
            {t("integrations.overKeys", { count: over.length })}
          </summary>
          <ul className="divide-y divide-line">
            {over.map((key) => (
              <li key={key.id} className="py-3 last:pb-0">
                <OneKey apiKey={key} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}

function OneKey({ apiKey }: { apiKey: ListedKey }) {
  const language = useLanguage();
  const { t, format } = language;
  const { id, name, prefix, scopes, createdBy, createdAt, lastUsedAt } = apiKey;
  return (
    <div className="space-y-1 text-sm">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span id={`key-${id}`} className="font-medium [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
        </span>
        <code translate="no" className="text-muted">
          {prefix}…
        </code>
      </p>
      <p className="text-muted [overflow-wrap:anywhere]">
        <span className="sr-only">{t("integrations.scopes")}: </span>
        <code translate="no">{scopes.join(", ")}</code>
      </p>
      <p className="text-muted">
        {t("integrations.madeBy", { by: createdBy, at: format.moment(new Date(createdAt)) })}
      </p>
      <p>
        {lastUsedAt
          ? t("integrations.lastUsed", { at: format.moment(new Date(lastUsedAt)) })
          : t("integrations.neverUsed")}
        {" · "}
        {endOf(apiKey, language)}
      </p>
    </div>
  );
}

function endOf({ state, revokedAt, expiresAt }: ListedKey, { t, format }: Language): string {
  const at = revokedAt ?? expiresAt;
  return at
    ? t(`integrations.end.${state}`, { at: format.moment(new Date(at)) })
    : t("integrations.end.none");
}

/** Two steps, because nothing brings it back. */
function Revoke({ apiKey: { id } }: { apiKey: ListedKey }) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  return (
    <details>
      <summary
        aria-describedby={`key-${id}`}
        className="inline-flex min-h-11 cursor-pointer items-center text-danger text-sm underline"
      >
        {t("integrations.revoke")}
      </summary>
      <Form method="post" action={integrationsPath()} className="mt-1 space-y-3">
        <p className="text-pretty text-sm">{t("integrations.revokeText")}</p>
        <input type="hidden" name="id" value={id} />
        <Button
          variant="danger"
          name="intent"
          value="revokeKey"
          aria-describedby={`key-${id}`}
          disabled={isBusy}
        >
          {t("integrations.revokeKey")}
        </Button>
      </Form>
    </details>
  );
}
