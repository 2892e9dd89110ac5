import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { casePath } from "~/http/paths";
import type { RefusedForm } from "~/http/refused-form";
import type { Sanction } from "~/moderation/people/sanction";
import { useLanguage } from "~/ui/i18n";
import { AppealDecision, Lifting } from "./sanction-ending";

type Props = {
  sanction: Sanction;
  mayLift: boolean;
  mayDecide: boolean;
  /** A form of this sanction that was not taken. */
  refused?: RefusedForm;
};

/** One sanction with all that became of it, and what a moderator can do about it. */
export function PastSanction({ sanction, mayLift, mayDecide, refused }: Props) {
  const { t, format } = useLanguage();
  const { kind, reason, isActive, imposedBy, disputeId, endsAt, acknowledgedAt } = sanction;
  const { appeal, lifted } = sanction;
  const at = (time: string) => format.moment(new Date(time));
  const waits = appeal && !appeal.decided && !lifted;
  return (
    <article aria-labelledby={`${sanction.id}-kind`} className="space-y-2">
      <header className="flex flex-wrap items-baseline gap-x-3">
        <h3
          id={`${sanction.id}-kind`}
          className={`font-medium ${isActive ? "text-danger" : "text-muted"}`}
        >
          {t(`sanction.kind.${kind}`)}
        </h3>
        <p className="text-muted text-sm">
          {t("user.by", { name: imposedBy.name, at: at(sanction.createdAt) })}
          {endsAt && !lifted && (
            <> · {t(isActive ? "user.until" : "user.over", { at: at(endsAt) })}</>
          )}
          {acknowledgedAt && <> · {t("user.acknowledged", { at: at(acknowledgedAt) })}</>}
          {disputeId && (
            <>
              {" · "}
              <Link to={casePath(disputeId)} className="text-accent underline">
                {t("user.case")}
              </Link>
            </>
          )}
        </p>
      </header>
      <Words text={reason} />
      {appeal && (
        <Answer title={t("user.appealOf", { at: at(appeal.at) })} text={appeal.text}>
          {appeal.decided && (
            <Answer
              title={t("user.answerOf", {
                name: appeal.decided.by.name,
                at: at(appeal.decided.at),
              })}
              text={appeal.decided.answer}
            />
          )}
          {waits && !mayDecide && <p className="text-muted text-sm">{t("user.notYours")}</p>}
        </Answer>
      )}
      {lifted && (
        <Answer
          title={t("user.liftedBy", { name: lifted.by.name, at: at(lifted.at) })}
          text={lifted.reason}
        />
      )}
      {waits && mayDecide && <AppealDecision id={sanction.id} refused={refused} />}
      {!lifted && mayLift && (isActive || kind === "warning") && (
        <Lifting id={sanction.id} refused={refused} />
      )}
    </article>
  );
}

function Answer(props: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="border-line border-s-2 ps-3">
      <p className="text-muted text-sm">{props.title}</p>
      <Words text={props.text} />
      {props.children}
    </div>
  );
}

function Words({ text }: { text: string }) {
  return (
    <p dir="auto" className="whitespace-pre-line [overflow-wrap:anywhere]">
      {text}
    </p>
  );
}
