import type { RefusedForm } from "~/http/refused-form";
import type { ListedKey } from "~/integration/keys/keys.server";
import type { ListedOrigin } from "~/integration/keys/origins.server";
import { FormErrors } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { SectionLinks } from "../section-links";
import { IntegrationsLinks } from "./integrations-links";
import { KeyList } from "./key-list";
import { NewKey } from "./new-key";
import { Origins } from "./origins";
import { ShownOnce } from "./shown-once";

type Props = {
  page: { keys: ListedKey[]; origins: ListedOrigin[]; draftId: string; done: string | null };
  answer?: {
    refused?: RefusedForm;
    made?: { name: string; key: string };
    /** The name of the key that the same form had made before. */
    madeAlready?: string;
  };
};

const sections = [
  { id: "keys", label: "integrations.keys" },
  { id: "origins", label: "integrations.origins" },
  { id: "new-key", label: "integrations.newKey" },
] as const;

/** What the host calls the API with, and from where pages may. */
export function IntegrationsPageView({ page, answer }: Props) {
  const t = useT();
  const { keys, origins, draftId } = page;
  const { made, madeAlready, refused } = answer ?? {};
  const done = answer ? null : page.done;
  return (
    <>
      <h1 className="mt-5 font-semibold text-2xl tracking-tight">{t("integrations.title")}</h1>
      <p className="mt-1 max-w-3xl text-pretty text-muted text-sm">{t("integrations.intro")}</p>
      <IntegrationsLinks />
      <SectionLinks label={t("integrations.sections")} links={sections} />
      <div className="mt-4 space-y-4">
        {made && (
          <ShownOnce
            key={made.key}
            title={t("integrations.made", { name: made.name })}
            text={t("integrations.shownOnce")}
            secret={made.key}
          />
        )}
        {madeAlready !== undefined && (
          <FormErrors
            id="made-error"
            errors={[{ id: "integrations.madeAlready", values: { name: madeAlready } }]}
          />
        )}
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_28rem]">
          <div className="min-w-0 space-y-4">
            <KeyList keys={keys} isRevoked={done === "revokeKey"} />
            <Origins origins={origins} done={done} refused={refused} />
          </div>
          <NewKey
            // What was made leaves an empty form behind.
            key={made || madeAlready !== undefined ? draftId : ""}
            draftId={draftId}
            refused={refused}
          />
        </div>
      </div>
    </>
  );
}
