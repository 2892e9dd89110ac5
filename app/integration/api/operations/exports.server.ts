import { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { z } from "zod";
import { personalExportStates } from "~/db/schema";
import { listExportsFor, openExportFor, requestExportFor } from "~/integration/host/exports.server";
import { storage } from "~/storage/storage.server";
import { type Operation, operation } from "../operation";
import { Problem } from "../problem";
import { idField, pageOf, timeField } from "../shapes";
import { idParam } from "./fields.server";

const tag = "Users" as const;

const userParams = z.object({ id: idParam.meta({ description: "Parley's own id of the person" }) });

const exportShape = z
  .strictObject({
    id: idField,
    state: z.enum(personalExportStates),
    requestedAt: timeField,
    expiresAt: timeField.nullable().meta({ description: "Until when it can be downloaded" }),
    bytes: z.int().min(0).nullable(),
  })
  .meta({ id: "Export", description: "A person's data, gathered into a ZIP file" });

const request = operation({
  id: "requestExport",
  method: "POST",
  path: "/users/{id}/exports",
  tag,
  summary: "Have a person's data gathered",
  description:
    "As the person could himself, and within the same limit: three in 24 hours. Asking while one is made finds that.",
  params: userParams,
  answers: {
    202: {
      description: "They are gathered",
      body: z.strictObject({ id: idField }).meta({ id: "RequestedExport" }),
    },
  },
  host: {
    scope: "users:read",
    async handle({ db, host, params }) {
      const asked = await requestExportFor(db, host, params.id);
      if (!asked) return null;
      if ("id" in asked) return { status: 202, body: { id: asked.id } };
      throw new Problem("tooMany", { headers: { "Retry-After": String(asked.retryAfter) } });
    },
  },
});

const list = operation({
  id: "listExports",
  method: "GET",
  path: "/users/{id}/exports",
  tag,
  summary: "See how far the last exports are",
  params: userParams,
  answers: {
    200: { description: "The last ones, whoever asked for them", body: pageOf(exportShape) },
  },
  host: {
    scope: "users:read",
    async handle({ db, host, params }) {
      const data = await listExportsFor(db, host, params.id);
      return data && { body: { data, next: null } };
    },
  },
});

const download = operation({
  id: "downloadExport",
  method: "GET",
  path: "/users/{id}/exports/{exportId}",
  tag,
  summary: "Download a person's data",
  description: "Each download is in the audit log.",
  params: userParams.extend({ exportId: idParam.meta({ description: "The export's id" }) }),
  answers: {
    200: {
      description: "The file",
      contentTypes: ["application/zip"],
      headers: z.object({
        "Content-Disposition": z.string().meta({ description: "The file's name" }),
      }),
    },
  },
  host: {
    scope: "users:read",
    async handle({ db, host, params: { id: userId, exportId } }) {
      const opened = await openExportFor(db, storage, host, { userId, exportId });
      if (!opened) return null;
      return new Response(createReadableStreamFromReadable(Readable.from(opened.parts)), {
        headers: {
          "Content-Type": "application/zip",
          "Content-Length": `${opened.bytes}`,
          "Content-Disposition": `attachment; filename="${opened.name}"`,
          "Cache-Control": "private, no-store",
        },
      });
    },
  },
});

export const exportOperations: Operation[] = [request, list, download];
