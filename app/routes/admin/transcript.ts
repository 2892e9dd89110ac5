import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireRole } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { db } from "~/db/db.server";
import { found } from "~/http/found.server";
import {
  answerTranscript,
  transcriptFormatIn,
  transcriptMeans,
} from "~/moderation/transcripts/answer.server";
import { exportCase } from "~/moderation/transcripts/export.server";
import type { Copy } from "~/moderation/transcripts/transcript";

const copies = ["full", "buyer", "seller"] satisfies Copy[];

/** The transcript of the chat of a case: `?format=html|pdf|json`, `&copy=buyer` or `seller` masked. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const disputeId = found(idShape.safeParse(params.disputeId).data);
  const search = new URL(request.url).searchParams;
  const format = found(transcriptFormatIn(search));
  const copy = found(copies.find((one) => one === (search.get("copy") ?? "full")));
  const asked = { disputeId, format, copy };
  return found(
    await answerTranscript(request, viewer, format, () =>
      exportCase(db, viewer, asked, transcriptMeans(request)),
    ),
  );
}
