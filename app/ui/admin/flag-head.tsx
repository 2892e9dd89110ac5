import { Form, Link } from "@remix-run/react";
import { flagsPath, userPath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { FlagView } from "~/moderation/flags/flag-view";
import { gravityOf } from "~/moderation/flags/queue";
import { StageLabel } from "~/subjects/stage-label";
import { Button } from "~/ui/button";
import { FormErrors } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { DeskHead } from "./desk-head";
import { agePhrase } from "./duration";
import { FlagOutcomeLabel, GravityLabel } from "./flag-labels";
import { NextFlag } from "./next-flag";

type Props = { view: FlagView; now: number; refusal?: RefusedForm };

/** Whom and what it is about, and who looks at it: in view all the time. */
export function FlagHead({ view, now, refusal }: Props) {
  const t = useT();
  const { flag, chat, person, holder } = view;
  const age = agePhrase(now - Date.parse(flag.openedAt));
  return (
    <DeskHead
      back={{ to: flagsPath, label: t("flag.back") }}
      title={
        <Link to={userPath(person.id)} className="underline-offset-2 hover:underline">
          {t(flag.isOfMessage ? "flag.ofMessage" : "flag.ofPerson", { name: person.name })}
        </Link>
      }
      about={
        <>
          <bdi className="min-w-0 truncate">{chat.subject.title}</bdi>
          <StageLabel stage={chat.subject.stage} />
        </>
      }
    >
      <div className="text-sm">
        {flag.outcome ? (
          <FlagOutcomeLabel outcome={flag.outcome} />
        ) : (
          <GravityLabel gravity={gravityOf(flag.severity)} />
        )}
        <p className="mt-0.5 text-muted text-xs">
          {t("queue.age", { ago: t(age.id, age.values) })}
        </p>
      </div>
      {holder && flag.status !== "resolved" && (
        <p className="max-w-48 text-muted text-sm">
          {holder.isViewer ? t("flag.heldByYou") : t("flag.heldBy", { name: holder.name })}
        </p>
      )}
      <div className="flex gap-2">
        {holder?.isViewer && (
          <Form method="post">
            <Button name="intent" value="release" variant="quiet" aria-keyshortcuts="g">
              {t("flag.release")}
            </Button>
          </Form>
        )}
        <NextFlag />
      </div>
      <FormErrors id="release-error" errors={partOf(refusal, "release").errors[""]} />
    </DeskHead>
  );
}
