import { Form, Link, useNavigation, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { ownDataFilePath, ownDataPath } from "~/http/paths";
import { mostExportsADay, type OwnExport } from "~/retention/personal/own-export";
import { Button, buttonClass } from "~/ui/button";
import { Card } from "~/ui/card";
import { FormErrors } from "~/ui/field";
import { type Phrase, useLanguage } from "~/ui/i18n";
import { Icon } from "~/ui/icon";

/** How often a page asks whether the file is ready, in ms. */
const askAgainMs = 3_000;

/** Where one gets one's own data. */
export function OwnData({ exports, errors }: { exports: OwnExport[]; errors?: Phrase[] }) {
  const { t } = useLanguage();
  const isBusy = useNavigation().state !== "idle";
  const isWaiting = exports.some(({ state }) => state === "waiting");
  useAskAgain(isWaiting);
  return (
    <Card className="mt-4 max-w-2xl p-5 md:p-6">
      <section id="data" aria-labelledby="data-title" className="scroll-mt-20">
        <h2 id="data-title" className="font-semibold text-lg">
          {t("ownData.title")}
        </h2>
        <p className="mt-1 text-muted text-sm">{t("ownData.text", { most: mostExportsADay })}</p>
        <FormErrors id="data-error" errors={errors} />
        <div role="status" className="mt-2">
          {exports.length > 0 && (
            <ul className="divide-y divide-line">
              {exports.map((one) => (
                <ExportRow key={one.id} of={one} />
              ))}
            </ul>
          )}
        </div>
        <div className="mt-4 flex flex-wrap gap-3">
          {!isWaiting && (
            <Form method="post" action={ownDataPath} preventScrollReset>
              <Button variant="secondary" name="intent" value="export" disabled={isBusy}>
                <Icon className="icon-download size-4" />
                {t("ownData.ask")}
              </Button>
            </Form>
          )}
        </div>
      </section>
    </Card>
  );
}

function ExportRow({ of: { id, state, requestedAt, expiresAt, bytes } }: { of: OwnExport }) {
  const { t, format } = useLanguage();
  const at = format.moment(new Date(requestedAt));
  return (
    <li className="flex flex-wrap items-center gap-3 py-3">
      <div className="min-w-0 flex-1 basis-40">
        <p className="font-medium">{t(`ownData.state.${state}`, { at })}</p>
        {state === "ready" && expiresAt && (
          <p className="text-muted text-sm">
            {t("ownData.until", {
              until: format.moment(new Date(expiresAt)),
              size: ((bytes ?? 0) / 1e6).toFixed(1),
            })}
          </p>
        )}
        {state === "waiting" && <p className="text-muted text-sm">{t("ownData.waitingText")}</p>}
      </div>
      {state === "ready" && (
        <a href={ownDataFilePath(id)} download className={buttonClass("primary")}>
          {t("ownData.download")}
        </a>
      )}
      {state === "waiting" && (
        <Link to={`${ownDataPath}#data`} className={buttonClass("secondary")} preventScrollReset>
          {t("ownData.refresh")}
        </Link>
      )}
    </li>
  );
}

function useAskAgain(isWaiting: boolean) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(revalidate, askAgainMs);
    return () => clearInterval(timer);
  }, [isWaiting, revalidate]);
}
