import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { AdminNavigation } from "~/ui/admin/navigation";

export { withModerationSentences as clientLoader } from "~/ui/client-catalogs";

export async function loader({ request }: LoaderFunctionArgs) {
  const { role } = await requireRole(request, "moderator");
  return { role };
}

export default function AdminLayout() {
  const { role } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto w-full max-w-screen-2xl px-3 py-4 md:px-6">
      <AdminNavigation role={role} />
      <Outlet />
    </div>
  );
}
