import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { answerChatForm, readChatForm } from "~/chats/chat-form.server";
import { idShape } from "~/chats/drafts";
import { answerUpload } from "~/chats/picture-form.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { isMultipart } from "~/http/form-fault.server";
import { found } from "~/http/found.server";
import { disputePath, loginPath } from "~/http/paths";
import { readSideView } from "~/moderation/disputes/side-view.server";
import { noteOpened } from "~/notifications/opened.server";
import { environment } from "~/operations/environment.server";
import { storage } from "~/storage/storage.server";
import { SidePage } from "~/ui/dispute/side-page";
import { titled } from "~/ui/page-title";
import { useSight } from "~/ui/sight";

export { withModerationSentences as clientLoader } from "~/ui/route-sentences";
export { followsSight as shouldRevalidate } from "~/ui/sight";
export const headers = answerHeaders;
export const handle = titled({ id: "claim.title" });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const chatId = found(idShape.safeParse(params.chatId).data);
  const now = new Date();
  const view = found(await readSideView(db, viewer, chatId, now));
  await noteOpened(db, viewer, request, { casesOf: chatId });
  return {
    ...view,
    now: now.getTime(),
    hours: {
      firstLook: environment().disputeFirstLookHours,
      decision: environment().disputeDecisionHours,
    },
    appealDays: environment().disputeAppealDays,
    mostPictures: environment().limitImagesPerMessage,
  };
}

/** The forms are the chat's own (`POST /chats/:chatId`); here they lead back to where they stand. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const chatId = found(idShape.safeParse(params.chatId).data);
  const answer = found(
    isMultipart(request)
      ? await answerUpload({ db, storage, viewer, chatId }, request)
      : await answerChatForm(db, viewer, chatId, await readChatForm(request)),
  );
  if (answer.status === 401 && context.isDocument) {
    throw redirect(loginPath(disputePath(chatId)), 303);
  }
  if (!("refused" in answer.body)) return redirect(disputePath(chatId), 303);
  const { status, retryAfter, body } = answer;
  return data(body, { status, headers: retryAfter ? { "Retry-After": `${retryAfter}` } : {} });
}

export default function DisputeRoute() {
  useSight();
  const view = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return <SidePage view={view} refused={refused} />;
}
