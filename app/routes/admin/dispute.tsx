import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { v4 as uuidv4 } from "uuid";
import { hasRole } from "~/accounts/roles";
import { requireRole } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { searchText } from "~/chats/search-query";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { found } from "~/http/found.server";
import { casePath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { sectionOf } from "~/moderation/disputes/case-form";
import { actInCase, readCaseForm } from "~/moderation/disputes/case-form.server";
import { readCaseTalk } from "~/moderation/disputes/case-talk.server";
import { threads } from "~/moderation/disputes/case-view";
import { readCaseView } from "~/moderation/disputes/case-view.server";
import { environment } from "~/operations/environment.server";
import { holdsOfChat } from "~/retention/holds.server";
import { CaseChat } from "~/ui/admin/case-chat";
import { CasePage } from "~/ui/admin/case-page";
import { HoldPanel } from "~/ui/admin/retention/hold-panel";
import { useNow } from "~/ui/admin/use-now";
import { titledBy } from "~/ui/page-title";

export const headers = answerHeaders;
export const handle = titledBy<typeof loader>(({ view }) => view.chat.subject.title);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const disputeId = found(idShape.safeParse(params.disputeId).data);
  const view = found(await readCaseView(db, viewer, disputeId));
  const search = new URL(request.url).searchParams;
  const seqOf = (name: string) => {
    const text = search.get(name) ?? "";
    return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  };
  const asked = {
    thread: threads.find((one) => one === search.get("thread")) ?? "both",
    q: searchText(search.get("q") ?? ""),
    before: seqOf("before"),
    after: seqOf("after"),
    around: seqOf("around"),
    size: environment().limitMessagesPerPage,
  };
  const isOpen = view.dispute.status !== "resolved";
  const talk = isOpen ? await readCaseTalk(db, viewer, view.chat.id, asked) : null;
  const shown = { ...asked, redact: seqOf("redact") };
  const holds = await holdsOfChat(db, view.chat.id, new Date());
  const mayHold = hasRole(viewer, "admin");
  return { view, talk, shown, holds, mayHold, draftId: uuidv4(), servedAt: Date.now() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const disputeId = found(idShape.safeParse(params.disputeId).data);
  const form = await readCaseForm(request);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  const { value } = form;
  const done = found(await actInCase(db, viewer, disputeId, value));
  if ("refused" in done) {
    return data(refusedForm(form.refuse({ form: done.refused }).result), { status: 422 });
  }
  const thread = "thread" in value ? value.thread : "both";
  const around = value.intent === "redact" ? value.seq : undefined;
  return redirect(casePath(disputeId, { thread, around }) + sectionOf[value.intent], 303);
}

export default function CaseRoute() {
  const { view, talk, shown, holds, mayHold, draftId, servedAt } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const now = useNow(servedAt);
  const held = <HoldPanel of={{ chatId: view.chat.id }} holds={holds} mayChange={mayHold} />;
  return (
    <CasePage key={view.dispute.id} view={view} now={now} refusal={refusal} held={held}>
      <CaseChat
        view={view}
        talk={talk}
        shown={shown}
        draftId={draftId}
        now={now}
        refusal={refusal}
      />
    </CasePage>
  );
}
