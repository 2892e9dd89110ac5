import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireRole } from "~/accounts/viewer.server";
import { useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export const handle = titled({ id: "admin.overview" });

export async function loader({ request }: LoaderFunctionArgs) {
  await requireRole(request, "moderator");
  return null;
}

export default function Figures() {
  const t = useT();
  return <h1 className="mt-6 font-semibold text-2xl tracking-tight">{t("admin.overview")}</h1>;
}
