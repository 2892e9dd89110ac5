import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { db } from "~/db/db.server";
import { found } from "~/http/found.server";
import { mayCall } from "~/notifications/calling.server";

/** What open pages ask before they call somebody for a chat that they do not show. */
export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const chatId = found(idShape.safeParse(new URL(request.url).searchParams.get("chat")).data);
  const may = found(await mayCall(db, viewer, chatId, new Date()));
  return Response.json(may, { headers: { "Cache-Control": "no-store" } });
}
