import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireSession } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { ownDataPath, sanctionsPath, settingsPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { listExports, requestExport } from "~/retention/personal/request-export.server";
import { useT } from "~/ui/i18n";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";
import { OwnData } from "~/ui/settings/own-data";

export { withSettingsSentences as clientLoader } from "~/ui/route-sentences";
export const headers = answerHeaders;
export const handle = titled({ id: "ownData.title" });

/** One's own data, also for who is suspended or banned: it is his all the same. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer, standing } = await requireSession(request);
  return { standing, exports: await listExports(db, viewer) };
}

const form = z.object({ intent: z.literal("export") });

export async function action({ request }: ActionFunctionArgs) {
  const { viewer } = await requireSession(request);
  const read = await readForm(request, form);
  if (!read.ok) return data(refusedForm(read.result), { status: read.status });
  const asked = found(await requestExport(db, viewer));
  if ("refused" in asked) {
    const refusal = read.refuse({ form: { id: "ownData.tooManyExports" } });
    return data(refusedForm(refusal.result), {
      status: 429,
      headers: { "Retry-After": `${asked.retryAfter}` },
    });
  }
  return redirect(`${ownDataPath}#data`, 303);
}

export default function OwnDataPage() {
  const t = useT();
  const { exports, standing } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const back = standing === "lockedOut" ? sanctionsPath : settingsPath;
  return (
    <Page title={t("ownData.title")}>
      <OwnData exports={exports} errors={refused?.errors[""]} />
      <p className="mt-6 text-sm">
        <Link to={back} className="py-3 underline underline-offset-2">
          {t(standing === "lockedOut" ? "ownData.toDecisions" : "ownData.toSettings")}
        </Link>
      </p>
    </Page>
  );
}
