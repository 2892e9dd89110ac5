import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { AccountPage } from "~/accounts/account-page";
import { answerRefusal, configuredLimits, refuseAttempts } from "~/accounts/authenticator.server";
import { beginSession } from "~/accounts/begin-session.server";
import { type JoinFields, join, joinForm } from "~/accounts/join.server";
import { readViewer } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { chatsPath, loginPath } from "~/http/paths";
import { readRedirectTo } from "~/http/safe-redirect";
import { Button } from "~/ui/button";
import { Field, FormErrors } from "~/ui/field";
import { type Phrase, useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export { withOutsideSentences as clientLoader } from "~/ui/route-sentences";
export const handle = titled({ id: "accounts.joinTitle" });
export const headers = answerHeaders;

export async function loader({ request }: LoaderFunctionArgs) {
  const redirectTo = readRedirectTo(request);
  if (await readViewer(request)) return redirect(redirectTo ?? chatsPath, 303);
  return { redirectTo };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, joinForm);
  if (!form.ok) return answerRefusal(form);
  const { redirectTo, ...values } = form.value;
  const limits = configuredLimits(db);
  const joined = await join(db, { ...values, address: context.address }, { limits });
  if ("userId" in joined) return beginSession(db, request, { ...joined, redirectTo });
  if (joined.refused === "limited") {
    return answerRefusal(refuseAttempts(form.refuse, joined), joined.retryAfter);
  }
  return answerRefusal(form.refuse({ email: { id: "accounts.emailTaken" } }));
}

export default function Join() {
  const t = useT();
  const { redirectTo } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const isBusy = useNavigation().state !== "idle";
  const [form, fields] = useForm<JoinFields, JoinFields, Phrase[]>({
    id: "join",
    lastResult: answer?.result,
    defaultValue: { redirectTo },
  });
  return (
    <AccountPage title={t("accounts.joinTitle")} intro={t("accounts.joinIntro")}>
      <Form method="post" {...getFormProps(form)} className="space-y-5">
        <FormErrors id={form.errorId} errors={form.errors} />
        <input {...getInputProps(fields.redirectTo, { type: "hidden" })} />
        <Field
          {...getInputProps(fields.name, { type: "text" })}
          label={t("accounts.name")}
          hint={t("accounts.nameHint")}
          errors={fields.name.errors}
          autoComplete="name"
          required
        />
        <Field
          {...getInputProps(fields.email, { type: "email" })}
          label={t("accounts.email")}
          errors={fields.email.errors}
          autoComplete="username"
          required
        />
        <Field
          {...getInputProps(fields.password, { type: "password" })}
          label={t("accounts.password")}
          hint={t("accounts.passwordHint")}
          errors={fields.password.errors}
          autoComplete="new-password"
          required
        />
        <Button className="w-full" disabled={isBusy}>
          {t("accounts.joinButton")}
        </Button>
      </Form>
      <p className="mt-6 text-center text-muted text-sm">
        {t("accounts.haveAccount")}{" "}
        <Link to={loginPath(redirectTo)} className="font-medium text-accent underline">
          {t("accounts.loginTitle")}
        </Link>
      </p>
    </AccountPage>
  );
}
