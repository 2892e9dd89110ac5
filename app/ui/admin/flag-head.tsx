import { Form, Link } from "@remix-run/react";
import { flagsPath, userPath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { FlagView } from "~/moderation/flags/flag-view";
import { gravityOf } from "~/moderation/flags/queue";
import { StageLabel } from "~/subjects/stage-label";
import { Button } from "~/ui/button";
import { FormErrors } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
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
    <header className="-mx-3 md:-mx-6 sticky top-0 z-20 flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b bg-canvas px-3 py-2 md:px-6">
      <div className="flex min-w-0 grow basis-72 items-center gap-2">
        <Link
          to={flagsPath}
          aria-label={t("flag.back")}
          aria-keyshortcuts="u"
          className="-ms-2 flex size-11 shrink-0 items-center justify-center rounded-xl hover:bg-sunken"
        >
          <Icon className="icon-chevron-left size-6 rtl:-scale-x-100" />
        </Link>
        <div className="min-w-0">
          <h1 className="truncate font-semibold leading-tight">
            <Link to={userPath(person.id)} className="underline-offset-2 hover:underline">
              {t(flag.isOfMessage ? "flag.ofMessage" : "flag.ofPerson", { name: person.name })}
            </Link>
          </h1>
          <p className="flex min-w-0 items-center gap-2 text-muted text-sm">
            <bdi className="min-w-0 truncate">{chat.subject.title}</bdi>
            <StageLabel stage={chat.subject.stage} />
          </p>
        </div>
      </div>
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
    </header>
  );
}
