import { Readable } from "node:stream";
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { requireSession } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { db } from "~/db/db.server";
import { found } from "~/http/found.server";
import { openExport } from "~/retention/personal/open-export.server";
import { storage } from "~/storage/storage.server";

/** What somebody asked for of his own data: for him alone, and only for a time. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { viewer } = await requireSession(request);
  const id = found(idShape.safeParse(params.id).data);
  const { parts, bytes, name } = found(await openExport(db, storage, viewer, id));
  return new Response(createReadableStreamFromReadable(Readable.from(parts)), {
    headers: {
      "Content-Type": "application/zip",
      "Content-Length": `${bytes}`,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
