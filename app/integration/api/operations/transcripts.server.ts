import { z } from "zod";
import { answerTranscript, transcriptMeans } from "~/moderation/transcripts/answer.server";
import { exportCaseChat, exportTranscriptAsHost } from "~/moderation/transcripts/export.server";
import { type TranscriptFormat, transcriptFormats } from "~/moderation/transcripts/render.server";
import { unread } from "../from-act.server";
import { type Operation, operation } from "../operation";
import { Problem } from "../problem";
import { chatParams } from "./fields.server";

const get = operation({
  id: "getTranscript",
  method: "GET",
  path: "/chats/{id}/transcript",
  tag: "Transcripts",
  summary: "Export a chat as evidence",
  description:
    "Sealed and signed: `parley-verify` shows that nothing was changed since. Each export is in the audit log. Of users: moderators, while a case is open on the chat. A host gets what both sides see.",
  params: chatParams,
  query: z.strictObject({
    format: z
      .enum(transcriptFormats)
      .default("json")
      .meta({ description: "Each holds the same JSON" }),
  }),
  answers: {
    200: {
      description: "The file",
      contentTypes: ["application/json", "application/pdf", "text/html"],
      headers: z.object({
        "Content-Disposition": z.string().meta({ description: "The file's name" }),
      }),
    },
  },
  refusals: [503],
  host: {
    scope: "transcripts:read",
    async handle({ db, host, params, query, request }) {
      const asked = { chatId: params.id, ...query };
      return fileReply(request, { id: host.keyId }, query.format, () =>
        exportTranscriptAsHost(db, host, asked, transcriptMeans(request)),
      );
    },
  },
  user: {
    async handle({ db, viewer, params, query, request }) {
      const asked = { chatId: params.id, ...query, copy: "full" as const };
      return fileReply(request, viewer, query.format, () =>
        exportCaseChat(db, viewer, asked, transcriptMeans(request)),
      );
    },
  },
});

/** @throws Problem where there were too many, or the archive cannot be read */
async function fileReply(
  request: Request,
  caller: { id: string },
  format: TranscriptFormat,
  make: Parameters<typeof answerTranscript>[3],
): Promise<Response | null> {
  const answer = await answerTranscript(request, caller, format, () => make().catch(unread));
  if (answer?.status !== 429) return answer;
  const headers = { "Retry-After": answer.headers.get("Retry-After") ?? "60" };
  throw new Problem("tooMany", { detail: await answer.text(), headers });
}

export const transcriptOperations: Operation[] = [get];
