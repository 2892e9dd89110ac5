import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { hasRole } from "~/accounts/roles";
import { requireRole } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { messageBody } from "~/chats/message-body";
import { db } from "~/db/db.server";
import { disputeReasons } from "~/db/schema";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { adminChatPath, casePath, userPath } from "~/http/paths";
import { partOf, refusedForm } from "~/http/refused-form";
import { findChatCard } from "~/moderation/access/chat-card.server";
import { openCase } from "~/moderation/disputes/open-dispute.server";
import { restoreForReason } from "~/retention/archive/ask-for-restore.server";
import { StageLabel } from "~/subjects/stage-label";
import { CaseStatusLabel } from "~/ui/admin/case-status";
import { Panel } from "~/ui/admin/panel";
import { ArchivePanel } from "~/ui/admin/retention/archive-panel";
import { HoldPanel } from "~/ui/admin/retention/hold-panel";
import { Button } from "~/ui/button";
import { Avatar } from "~/ui/chat/avatar";
import { FormErrors, Select, TextArea } from "~/ui/field";
import { useFormat, useT } from "~/ui/i18n";
import { titledBy } from "~/ui/page-title";
import { SubjectPicture } from "~/ui/subject-picture";

export const headers = answerHeaders;
export const handle = titledBy<typeof loader>(({ chat }) => chat.subject.title);

const chatForm = z.discriminatedUnion(
  "intent",
  [
    z.object({
      intent: z.literal("open"),
      reason: z.enum(disputeReasons),
      statement: messageBody(4_000),
    }),
    z.object({ intent: z.literal("restore"), why: messageBody(2_000) }),
  ],
  { error: "chat.intent.unknown" },
);

/** A chat that has an open case is read on the page of the case: there is no other way in. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const chatId = found(idShape.safeParse(params.chatId).data);
  const card = found(await findChatCard(db, viewer, chatId));
  const open = card.cases.find(({ status }) => status !== "resolved");
  if (open && !card.isParty) throw redirect(casePath(open.id));
  return { ...card, reasons: disputeReasons, mayHold: hasRole(viewer, "admin") };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const chatId = found(idShape.safeParse(params.chatId).data);
  const form = await readForm(request, chatForm);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  if (form.value.intent === "restore") {
    const { why: reason } = form.value;
    const asked = found(await restoreForReason(db, viewer, { chatId, reason }));
    if (!("refused" in asked)) return redirect(adminChatPath(chatId), 303);
    const id = asked.refused === "party" ? "adminChat.party" : "archive.deleting";
    const refused = form.refuse({ form: { id } });
    return data(refusedForm(refused.result), { status: refused.status });
  }
  const { reason, statement } = form.value;
  const opened = found(await openCase(db, viewer, { chatId, reason, statement }));
  if ("refused" in opened) {
    const id = opened.refused === "disputeArchived" ? "dispute.archived" : "adminChat.party";
    const refused = form.refuse({ form: { id } });
    return data(refusedForm(refused.result), { status: refused.status });
  }
  return redirect(casePath(opened.disputeId), 303);
}

export default function AdminChat() {
  const t = useT();
  const format = useFormat();
  const { chat, people, cases, isParty, archive, holds, mayHold } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { subject } = chat;
  return (
    <div className="mx-auto mt-5 max-w-3xl space-y-4">
      <div className="flex items-center gap-3">
        <SubjectPicture picture={subject.picture} className="size-14 shrink-0 rounded-xl" />
        <div className="min-w-0">
          <h1 className="truncate font-semibold text-xl">
            <bdi>{subject.title}</bdi>
          </h1>
          <p className="flex flex-wrap items-center gap-x-2 text-muted text-sm">
            <span className="tabular-nums">
              {format.price(subject.priceAmount, subject.priceCurrency)}
            </span>
            <StageLabel stage={subject.stage} />
            <span>{t(`adminChat.status.${chat.status}`)}</span>
          </p>
        </div>
      </div>
      <Panel id="people" title={t("case.people")}>
        <ul className="grid gap-3 sm:grid-cols-2">
          {people.map(({ id, name, role }) => (
            <li key={id} className="flex min-w-0 items-center gap-3">
              <Avatar id={id} name={name} />
              <div className="min-w-0">
                <Link to={userPath(id)} className="block truncate font-medium hover:underline">
                  <bdi>{name}</bdi>
                </Link>
                <span className="text-muted text-sm">{t(`case.side.${role}`)}</span>
              </div>
            </li>
          ))}
        </ul>
        <p className="mt-3 text-muted text-sm">
          {t("adminChat.size", {
            count: chat.lastSeq,
            begun: format.moment(new Date(chat.createdAt)),
            latest: format.moment(new Date(chat.lastMessageAt)),
          })}
        </p>
      </Panel>
      {archive && (
        <ArchivePanel
          chatId={chat.id}
          archive={archive}
          mayRestore={!isParty}
          {...partOf(refused, "restore")}
        />
      )}
      <OpenCase isParty={isParty} />
      <HoldPanel of={{ chatId: chat.id }} holds={holds} mayChange={mayHold} />
      {cases.length > 0 && (
        <Panel id="cases" title={t("adminChat.cases")}>
          <ul className="divide-y divide-line">
            {cases.map((one) => (
              <li key={one.id} className="flex items-center justify-between gap-3 py-2">
                <Link to={casePath(one.id)} className="min-w-0 truncate hover:underline">
                  {t(`dispute.reason.${one.reason}`)}{" "}
                  <time dateTime={one.openedAt} className="text-muted text-sm">
                    {format.moment(new Date(one.openedAt))}
                  </time>
                </Link>
                <CaseStatusLabel status={one.status} outcome={one.outcome} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

/** The one way into a chat that nobody complained of: with a reason that both sides can read. */
function OpenCase({ isParty }: { isParty: boolean }) {
  const t = useT();
  const { chat, reasons } = useLoaderData<typeof loader>();
  const { errors, typed } = partOf(useActionData<typeof action>(), "open");
  if (isParty) {
    return (
      <Panel id="open" title={t("adminChat.closed")}>
        <p className="text-muted">{t("adminChat.party")}</p>
      </Panel>
    );
  }
  return (
    <Panel id="open" title={t("adminChat.closed")}>
      <p className="text-muted text-sm">{t("adminChat.why")}</p>
      <Form method="post" action={adminChatPath(chat.id)} className="mt-4 space-y-4">
        <FormErrors id="open-error" errors={errors[""]} />
        <Select
          id="reason"
          name="reason"
          label={t("adminChat.about")}
          errors={errors.reason}
          defaultValue={typed.reason ?? "other"}
          options={reasons.map((reason) => [reason, t(`dispute.reason.${reason}`)])}
        />
        <TextArea
          id="statement"
          name="statement"
          required
          label={t("adminChat.reason")}
          hint={t("adminChat.reasonHint")}
          errors={errors.statement}
          defaultValue={typed.statement}
        />
        <Button name="intent" value="open">
          {t("adminChat.open")}
        </Button>
      </Form>
    </Panel>
  );
}
