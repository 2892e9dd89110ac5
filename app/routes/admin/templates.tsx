import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useLocation } from "@remix-run/react";
import { z } from "zod";
import { requireRole } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { messageBody } from "~/chats/message-body";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { templatesPath } from "~/http/paths";
import { partOf, refusedForm } from "~/http/refused-form";
import type { Template } from "~/moderation/disputes/template";
import {
  deleteTemplate,
  listTemplates,
  saveTemplate,
} from "~/moderation/disputes/templates.server";
import { Panel } from "~/ui/admin/panel";
import { Button } from "~/ui/button";
import { Field, FormErrors, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export const headers = answerHeaders;
export const handle = titled({ id: "templates.title" });

const templateForm = z.discriminatedUnion(
  "intent",
  [
    z.object({ intent: z.literal("save"), title: messageBody(80), body: messageBody(4_000) }),
    z.object({ intent: z.literal("delete"), id: idShape }),
  ],
  { error: "chat.intent.unknown" },
);

export async function loader({ request }: LoaderFunctionArgs) {
  await requireRole(request, "moderator");
  return { templates: await listTemplates(db) };
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const form = await readForm(request, templateForm);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  const { value } = form;
  if (value.intent === "delete") await deleteTemplate(db, viewer, value.id);
  else await saveTemplate(db, viewer, value);
  return redirect(templatesPath, 303);
}

export default function Templates() {
  const t = useT();
  const { templates } = useLoaderData<typeof loader>();
  const search = new URLSearchParams(useLocation().search);
  const refused = useActionData<typeof action>();
  const { errors, typed } = partOf(refused, "save");
  const edited = templates.find(({ id }) => id === search.get("edit"));
  return (
    <div className="mx-auto mt-5 max-w-3xl space-y-4">
      <h1 className="font-semibold text-2xl tracking-tight">{t("templates.title")}</h1>
      <p className="text-muted">{t("templates.intro")}</p>
      <FormErrors id="template-error" errors={refused?.errors[""]} />
      <Panel id="save" title={edited ? edited.title : t("templates.new")}>
        {/* What was saved leaves an empty form behind. */}
        <Form
          key={`${edited?.id} ${JSON.stringify(templates)}`}
          method="post"
          className="space-y-4"
        >
          <Field
            id="title"
            name="title"
            required
            label={t("templates.name")}
            hint={t("templates.nameHint")}
            errors={errors.title}
            defaultValue={typed.title ?? edited?.title}
          />
          <TextArea
            id="body"
            name="body"
            required
            label={t("templates.body")}
            hint={t("templates.bodyHint")}
            errors={errors.body}
            defaultValue={typed.body ?? edited?.body}
          />
          <Button name="intent" value="save">
            {t("templates.save")}
          </Button>
        </Form>
      </Panel>
      {templates.length > 0 && (
        <ul className="space-y-3">
          {templates.map((template) => (
            <li key={template.id}>
              <Saved template={template} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Saved({ template: { id, title, body } }: { template: Template }) {
  const t = useT();
  return (
    <Panel
      id={id}
      title={title}
      aside={
        <Form method="post" className="flex shrink-0 gap-3 text-sm">
          <a href={`?edit=${id}`} className="text-accent underline">
            {t("templates.edit")}
          </a>
          <input type="hidden" name="id" value={id} />
          <button type="submit" name="intent" value="delete" className="text-danger underline">
            {t("templates.delete")}
          </button>
        </Form>
      }
    >
      <p dir="auto" className="whitespace-pre-wrap text-muted text-sm [overflow-wrap:anywhere]">
        {body}
      </p>
    </Panel>
  );
}
