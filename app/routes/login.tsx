import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { AccountPage } from "~/accounts/account-page";
import { authenticator, SignInRefused } from "~/accounts/authenticator.server";
import { beginSession } from "~/accounts/begin-session.server";
import type { SignInFields } from "~/accounts/sign-in.server";
import { readViewer } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { chatsPath, joinPath } from "~/http/paths";
import { readRedirectTo } from "~/http/safe-redirect";
import { Button } from "~/ui/button";
import { Field, FormErrors } from "~/ui/field";
import { useForgottenDevice } from "~/ui/forgotten-device";
import { type Phrase, useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export { withOutsideSentences as clientLoader } from "~/ui/route-sentences";
export const handle = titled({ id: "accounts.loginTitle" });
export const headers = answerHeaders;

export async function loader({ request }: LoaderFunctionArgs) {
  const redirectTo = readRedirectTo(request);
  if (await readViewer(request)) return redirect(redirectTo ?? chatsPath, 303);
  return { redirectTo };
}

export async function action({ request, context }: ActionFunctionArgs) {
  try {
    const signedIn = await authenticator(db, context.address).authenticate("password", request);
    return await beginSession(db, request, signedIn);
  } catch (error) {
    if (error instanceof SignInRefused) return error.answer();
    throw error;
  }
}

export default function Login() {
  const t = useT();
  useForgottenDevice();
  const { redirectTo } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const isBusy = useNavigation().state !== "idle";
  const [form, fields] = useForm<SignInFields, SignInFields, Phrase[]>({
    id: "login",
    lastResult: answer?.result,
    defaultValue: { redirectTo },
  });
  return (
    <AccountPage title={t("accounts.loginTitle")} intro={t("accounts.loginIntro")}>
      <Form method="post" {...getFormProps(form)} className="space-y-5">
        <FormErrors id={form.errorId} errors={form.errors} />
        <input {...getInputProps(fields.redirectTo, { type: "hidden" })} />
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
          errors={fields.password.errors}
          autoComplete="current-password"
          required
        />
        <Button className="w-full" disabled={isBusy}>
          {t("accounts.loginButton")}
        </Button>
      </Form>
      <p className="mt-6 text-center text-muted text-sm">
        {t("accounts.newHere")}{" "}
        <Link to={joinPath(redirectTo)} className="font-medium text-accent underline">
          {t("accounts.joinTitle")}
        </Link>
      </p>
    </AccountPage>
  );
}
