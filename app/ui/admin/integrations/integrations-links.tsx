import { useLocation } from "@remix-run/react";
import { integrationsPath, isWithin, webhooksPath } from "~/http/paths";
import { useT } from "~/ui/i18n";
import { Choices } from "../choices";

/** The two ways: what the host calls, and what calls the host. */
export function IntegrationsLinks() {
  const t = useT();
  const isWebhooks = isWithin(useLocation().pathname, webhooksPath());
  return (
    <div className="mt-3">
      <Choices
        label={t("integrations.pages")}
        choices={[
          {
            to: integrationsPath(),
            label: t("integrations.keysAndOrigins"),
            isCurrent: !isWebhooks,
          },
          { to: webhooksPath(), label: t("webhooks.title"), isCurrent: isWebhooks },
        ]}
      />
    </div>
  );
}
