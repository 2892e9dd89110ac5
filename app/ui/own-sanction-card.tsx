import { Form, useNavigation } from "@remix-run/react";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { OwnSanction } from "~/moderation/people/sanction";
import { Button } from "./button";
import { Card } from "./card";
import { TextArea } from "./field";
import { useLanguage, useT } from "./i18n";

type Props = {
  sanction: OwnSanction;
  /** How deep its heading stands in the page. */
  heading: "h2" | "h3";
  refused?: RefusedForm;
};

/** One sanction as the person sees it: why, how long, and what he can do about it. */
export function OwnSanctionCard({ sanction, heading: Heading, refused }: Props) {
  const { t, format } = useLanguage();
  const { id, kind, reason, createdAt, endsAt, appeal, lifted, isActive } = sanction;
  const moment = (time: string) => format.moment(new Date(time));
  return (
    <Card className="p-5 md:p-6">
      <article id={id} aria-labelledby={`${id}-kind`} className="space-y-4">
        <header className="flex flex-wrap items-baseline justify-between gap-x-4">
          <Heading id={`${id}-kind`} className="font-semibold text-lg">
            {t(`decision.kind.${kind}`)}
          </Heading>
          <p className="text-muted text-sm">
            {endsAt
              ? t("sanctions.fromTo", { from: moment(createdAt), to: moment(endsAt) })
              : t("sanctions.from", { from: moment(createdAt) })}
          </p>
        </header>
        <Said title={t("sanctions.reason")} text={reason} />
        {lifted && (
          <p className="font-medium text-accent">
            {t("sanctions.lifted", { at: moment(lifted.at) })}
          </p>
        )}
        {lifted && !appeal?.decided && <Said title={t("sanctions.why")} text={lifted.reason} />}
        {kind === "warning" && isActive && <Acknowledge id={id} />}
        {appeal ? (
          <>
            <Said title={t("sanctions.yourAppeal", { at: moment(appeal.at) })} text={appeal.text} />
            {appeal.decided ? (
              <Said
                title={t(lifted ? "sanctions.granted" : "sanctions.upheld", {
                  at: moment(appeal.decided.at),
                })}
                text={appeal.decided.answer}
              />
            ) : (
              !lifted && <p className="text-muted text-sm">{t("sanctions.appealWaits")}</p>
            )}
          </>
        ) : (
          !lifted && <Appeal id={id} refused={refused} />
        )}
      </article>
    </Card>
  );
}

function Said({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <p className="text-muted text-sm">{title}</p>
      <p dir="auto" className="mt-1 whitespace-pre-line text-pretty [overflow-wrap:anywhere]">
        {text}
      </p>
    </div>
  );
}

function Acknowledge({ id }: { id: string }) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  return (
    <Form method="post">
      <input type="hidden" name="id" value={id} />
      <Button name="intent" value="acknowledge" disabled={isBusy}>
        {t("sanctions.acknowledge")}
      </Button>
    </Form>
  );
}

/** Folded until it is wanted, and open when what was typed was refused. */
function Appeal({ id, refused }: { id: string; refused?: RefusedForm }) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(refused?.typed.id === id ? refused : undefined, "appeal");
  return (
    <details open={typed.id !== undefined}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-accent underline">
        {t("sanctions.appeal")}
      </summary>
      <Form method="post" className="mt-2 space-y-4">
        <input type="hidden" name="id" value={id} />
        <TextArea
          id={`${id}-text`}
          name="text"
          label={t("sanctions.appealText")}
          hint={t("sanctions.appealHint")}
          errors={errors.text}
          defaultValue={typed.text}
          required
        />
        <Button name="intent" value="appeal" disabled={isBusy}>
          {t("sanctions.appealSend")}
        </Button>
      </Form>
    </details>
  );
}
