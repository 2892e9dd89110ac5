import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { countCaseNews } from "~/moderation/disputes/case-news.server";
import { Keyboard } from "~/ui/admin/keyboard";
import { AdminNavigation } from "~/ui/admin/navigation";
import { useCaseCounts } from "~/ui/admin/use-case-counts";

export { withModerationSentences as clientLoader } from "~/ui/route-sentences";

export async function loader({ request }: LoaderFunctionArgs) {
  const { role } = await requireRole(request, "moderator");
  return { role, counts: await countCaseNews(db) };
}

export default function AdminLayout() {
  const { role, counts } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto w-full max-w-screen-2xl px-3 pb-8 md:px-6">
      <div className="flex items-center gap-2 border-line border-b">
        <AdminNavigation role={role} counts={useCaseCounts(counts)} />
        <Keyboard />
      </div>
      <Outlet />
    </div>
  );
}
