import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";

/** Whatever lies below asks for the viewer itself, too: a loader of a fetch runs without this one. */
export async function loader({ request }: LoaderFunctionArgs) {
  await requireViewer(request);
  return null;
}

export { shouldRevalidate } from "~/chats/client/revalidation";

export default function SignedIn() {
  return <Outlet />;
}
