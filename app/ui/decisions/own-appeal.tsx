import type { RefusedForm } from "~/http/refused-form";
import { useLanguage } from "~/ui/i18n";
import { AppealForm } from "./appeal-form";
import { Said } from "./said";

type Props = {
  /** Of what is appealed. */
  id: string;
  appeal: { text: string; at: string; decided: { at: string; answer: string } | null } | null;
  isGranted: boolean;
  /** What he is asked to explain. */
  question: string;
  /** Nothing is left to be appealed. */
  isOver: boolean;
  refused?: RefusedForm;
};

/** The one appeal of whom a decision concerns: to be made, waiting, or decided. */
export function OwnAppeal({ id, appeal, isGranted, question, isOver, refused }: Props) {
  const { t, format } = useLanguage();
  const moment = (time: string) => format.moment(new Date(time));
  if (!appeal) {
    if (isOver) return null;
    const words = {
      open: t("sanctions.appeal"),
      label: question,
      hint: t("sanctions.appealHint"),
      send: t("sanctions.appealSend"),
    };
    return <AppealForm id={id} words={words} refused={refused} />;
  }
  const { text, at, decided } = appeal;
  return (
    <>
      <Said title={t("sanctions.yourAppeal", { at: moment(at) })} text={text} />
      {decided && (
        <Said
          title={t(isGranted ? "sanctions.granted" : "sanctions.upheld", {
            at: moment(decided.at),
          })}
          text={decided.answer}
        />
      )}
      {!decided && !isOver && <p className="text-muted text-sm">{t("sanctions.appealWaits")}</p>}
    </>
  );
}
