import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { answerChatForm, readChatForm } from "~/chats/chat-form.server";
import { idShape } from "~/chats/drafts";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { found } from "~/http/found.server";
import { loginPath, reportPath, reportsPath } from "~/http/paths";
import { unreadArchive } from "~/retention/archive/unread.server";
import { readReportPage } from "~/safety/reports/read-report-page.server";
import { pointedBy, readReportSearch } from "~/safety/reports/report-search";
import { storage } from "~/storage/storage.server";
import { titled } from "~/ui/page-title";
import { ReportPage } from "~/ui/reports/report-page";

export { withReportSentences as clientLoader } from "~/ui/route-sentences";
export const headers = answerHeaders;
export const handle = titled({ id: "report.title" });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const chatId = found(idShape.safeParse(params.chatId).data);
  const asked = readReportSearch(new URL(request.url).searchParams);
  const pointed = asked.step === 2 ? pointedBy(asked) : asked;
  const reading = readReportPage(db, storage, viewer, chatId, pointed);
  const view = found(await reading.catch(unreadArchive));
  return { chatId, asked, view };
}

/** The form is the chat's own (`POST /chats/:chatId`); here it leads to what became of it. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const chatId = found(idShape.safeParse(params.chatId).data);
  const form = await readChatForm(request);
  // Nothing else is done from here.
  if (form.ok && form.value.intent !== "report") return data(null, { status: 400 });
  const answer = found(await answerChatForm(db, viewer, chatId, form));
  if (answer.status === 401 && context.isDocument) {
    throw redirect(loginPath(reportPath(chatId)), 303);
  }
  if (!("refused" in answer.body)) return redirect(`${reportsPath}?sent=1`, 303);
  const { status, retryAfter, body } = answer;
  return data(body, { status, headers: retryAfter ? { "Retry-After": `${retryAfter}` } : {} });
}

export default function ReportRoute() {
  const page = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return <ReportPage {...page} refused={refused ?? undefined} />;
}
