import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { db } from "~/db/db.server";
import { found } from "~/http/found.server";
import {
  answerTranscript,
  transcriptFormatIn,
  transcriptMeans,
} from "~/moderation/transcripts/answer.server";
import { exportOwnChat } from "~/moderation/transcripts/export.server";
import { unreadArchive } from "~/retention/archive/unread.server";

/** One's own copy of a chat as a file: `?format=html|pdf|json`. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const chatId = found(idShape.safeParse(params.chatId).data);
  const format = found(transcriptFormatIn(new URL(request.url).searchParams));
  return found(
    await answerTranscript(request, viewer, format, () =>
      exportOwnChat(db, viewer, { chatId, format }, transcriptMeans(request)).catch(unreadArchive),
    ),
  );
}
