import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { db } from "~/db/db.server";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { settingsPath, unsubscribePath } from "~/http/paths";
import { chooseMail, readChoices } from "~/notifications/choices.server";
import { readUnsubscribeToken } from "~/notifications/mail/unsubscribe-token.server";
import { Button } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";

export { withOutsideSentences as clientLoader } from "~/ui/route-sentences";
export const handle = titled({ id: "unsubscribe.title" });

/** Whose mails of which kind the address is about: it is all that is needed, and opens nothing else. */
const tokenOf = (token = "") => found(readUnsubscribeToken(token));

/** Programs look at every link of a mail, so that a look changes nothing. */
export async function loader({ params }: LoaderFunctionArgs) {
  const { userId, kind } = tokenOf(params.token);
  const { byKind } = await readChoices(db, userId);
  return { kind, isOn: byKind[kind].mail };
}

const unsubscribeForm = z.object({ intent: z.enum(["stop", "again"]).optional() });

/**
 * The program of a mailbox says `List-Unsubscribe=One-Click`, has no cookie and follows nothing (RFC
 * 8058); whatever else it says, it means the same.
 */
export async function action({ request, params }: ActionFunctionArgs) {
  const unsubscribing = tokenOf(params.token);
  const form = await readForm(request, unsubscribeForm);
  const intent = form.ok ? form.value.intent : undefined;
  found(await chooseMail(db, unsubscribing, intent === "again"));
  if (!intent) return data(null);
  return redirect(unsubscribePath(params.token ?? ""), 303);
}

export default function Unsubscribe() {
  const t = useT();
  const { kind, isOn } = useLoaderData<typeof loader>();
  const isBusy = useNavigation().state !== "idle";
  return (
    <Page title={t("unsubscribe.title")}>
      <div className="max-w-2xl space-y-5">
        <p role="status">{t(isOn ? `unsubscribe.is.${kind}` : `unsubscribe.not.${kind}`)}</p>
        <Form method="post">
          <Button
            variant={isOn ? "primary" : "secondary"}
            name="intent"
            value={isOn ? "stop" : "again"}
            disabled={isBusy}
          >
            {t(isOn ? "unsubscribe.button" : "unsubscribe.again")}
          </Button>
        </Form>
        <p className="text-muted text-sm">
          {t("unsubscribe.others")}{" "}
          <Link to={settingsPath} className="text-accent underline underline-offset-2">
            {t("unsubscribe.settings")}
          </Link>
        </p>
      </div>
    </Page>
  );
}
