import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { readViewer } from "~/accounts/viewer.server";
import { chatsPath, joinPath, loginPath } from "~/http/paths";
import { buttonClass } from "~/ui/button";
import { useForgottenDevice } from "~/ui/forgotten-device";
import { type MessageId, useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { titled } from "~/ui/page-title";
import { SampleChat } from "~/ui/sample-chat";

export { withOutsideSentences as clientLoader } from "~/ui/route-sentences";
export const handle = titled({ id: "home.title" });

export async function loader({ request }: LoaderFunctionArgs) {
  if (await readViewer(request)) return redirect(chatsPath, 303);
  return { isDeleted: new URL(request.url).searchParams.get("account") === "deleted" };
}

const points: { icon: string; title: MessageId; text: MessageId }[] = [
  { icon: "icon-handshake", title: "home.pointKept", text: "home.pointKeptText" },
  { icon: "icon-shield-check", title: "home.pointSafe", text: "home.pointSafeText" },
  { icon: "icon-scale", title: "home.pointDispute", text: "home.pointDisputeText" },
];

export default function Home() {
  const t = useT();
  useForgottenDevice();
  const { isDeleted } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-10 md:px-6 md:py-16">
      {isDeleted && (
        <p role="status" className="mb-8 rounded-xl bg-sunken px-4 py-3">
          {t("home.accountDeleted")}
        </p>
      )}
      <div className="grid items-center gap-10 md:grid-cols-2 md:gap-16">
        <div>
          <h1 className="text-balance font-semibold text-4xl tracking-tight md:text-5xl">
            {t("home.lead")}
          </h1>
          <p className="mt-4 text-pretty text-lg text-muted">{t("home.intro")}</p>
          <div className="mt-8 flex flex-wrap gap-3">
            <Link to={joinPath()} className={buttonClass("primary", "px-6")}>
              {t("home.actionJoin")}
            </Link>
            <Link to={loginPath()} className={buttonClass("secondary", "px-6")}>
              {t("home.actionSignIn")}
            </Link>
          </div>
        </div>
        <SampleChat />
      </div>
      <ul className="mt-14 grid gap-4 md:mt-20 md:grid-cols-3 md:gap-6">
        {points.map(({ icon, title, text }) => (
          <li key={title} className="rounded-2xl border border-line bg-surface p-6 shadow-card">
            <Icon className={`${icon} size-6 text-accent`} />
            <h2 className="mt-3 font-semibold text-lg">{t(title)}</h2>
            <p className="mt-1 text-pretty text-muted">{t(text)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
