import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AccountPage } from "~/accounts/account-page";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { found } from "~/http/found.server";
import { answerSso, type SsoRefusal } from "~/integration/sso/answer.server";
import { useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export { withOutsideSentences as clientLoader } from "~/ui/route-sentences";
export const handle = titled({ id: "sso.title" });
export const headers = answerHeaders;

/** Nothing of the address leaves with a link, and yet our own forms say where they come from. */
export const meta: MetaFunction = () => [{ name: "referrer", content: "strict-origin" }];

/** A link that is asked for again was used. */
export const shouldRevalidate = () => false;

const statuses: Record<SsoRefusal, number> = {
  claims: 400,
  nameless: 400,
  wrong: 401,
  expired: 401,
  used: 401,
  suspended: 403,
  staff: 403,
  limited: 429,
  unreachable: 503,
};

/** Where people of the host marketplace come in, by a link that it signed. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const token = searchParams.get("token") ?? "";
  const redirectTo = searchParams.get("redirectTo");
  const answer = found(
    await answerSso(db, request, { token, redirectTo, address: context.address }),
  );
  if ("path" in answer) return redirect(answer.path, { status: 303, headers: answer.headers });
  const { refused: reason, claim, retryAfter } = answer;
  const headers = new Headers();
  if (reason === "unreachable") headers.set("Retry-After", "5");
  if (retryAfter) headers.set("Retry-After", String(retryAfter));
  return data({ reason, claim }, { status: statuses[reason], headers });
}

export default function SignInFromHost() {
  const t = useT();
  const { reason, claim } = useLoaderData<typeof loader>();
  return (
    <AccountPage title={t(`sso.title.${reason}`)} intro={t(`sso.text.${reason}`)}>
      {claim && (
        <p className="text-muted text-sm">
          {t("sso.claim")} <code className="rounded bg-sunken px-1 py-0.5">{claim}</code>
        </p>
      )}
    </AccountPage>
  );
}
