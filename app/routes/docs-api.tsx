import { useLoaderData } from "@remix-run/react";
import { apiDocument } from "~/integration/api/document.server";
import { referenceOf } from "~/integration/api/reference";
import { ReferenceList } from "~/ui/api/reference-list";
import { ReferenceViewer } from "~/ui/api/reference-viewer";
import { useT } from "~/ui/i18n";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";

export { withOutsideSentences as clientLoader } from "~/ui/route-sentences";
export const handle = titled({ id: "apiDocs.title" });

/** What the API can do, for everybody: it says nothing of anybody. */
export function loader() {
  return { reference: referenceOf(apiDocument()) };
}

export default function ApiReference() {
  const t = useT();
  const { reference } = useLoaderData<typeof loader>();
  return (
    <Page title={t("apiDocs.title")} intro={t("apiDocs.intro", { version: reference.version })}>
      <p className="mb-6">
        <a href="/api/v1/openapi.json" className="py-3 underline underline-offset-2">
          {t("apiDocs.document")}
        </a>
      </p>
      <ReferenceViewer url="/api/v1/openapi.json">
        <ReferenceList reference={reference} />
      </ReferenceViewer>
    </Page>
  );
}
