import { Readable } from "node:stream";
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { requireRole } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { found } from "~/http/found.server";
import { readTimeZone } from "~/http/time-zone.server";
import { auditFormats, exportAuditLog } from "~/moderation/audit/audit-export.server";
import { readAuditQuery } from "~/moderation/audit/audit-query.server";

const types = { csv: "text/csv; charset=utf-8; header=present", jsonl: "application/x-ndjson" };

/** Entries of the audit log as a file: those that the page of the same address would show. */
export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const search = new URL(request.url).searchParams;
  const format = found(auditFormats.find((one) => one === search.get("format")) ?? null);
  const filter = found((await readAuditQuery(db, search)).filter);
  const now = new Date();
  const asked = { filter, timeZone: readTimeZone(request), now };
  const parts = await exportAuditLog(db, viewer, format, asked);
  return new Response(createReadableStreamFromReadable(Readable.from(parts)), {
    headers: {
      "Content-Type": types[format],
      "Content-Disposition": `attachment; filename="audit-${now.toISOString().slice(0, 10)}.${format}"`,
    },
  });
}
