import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { Keyboard } from "~/ui/admin/keyboard";
import { AdminNavigation } from "~/ui/admin/navigation";

export { withModerationSentences as clientLoader } from "~/ui/client-catalogs";

export async function loader({ request }: LoaderFunctionArgs) {
  const { role } = await requireRole(request, "moderator");
  return { role };
}

export default function AdminLayout() {
  const { role } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto w-full max-w-screen-2xl px-3 pb-8 md:px-6">
      <div className="flex items-center gap-2 border-line border-b">
        <AdminNavigation role={role} />
        <Keyboard />
      </div>
      <Outlet />
    </div>
  );
}
