import { useLanguage } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { durationPhrase } from "./duration";

/** From when on the time that is left is a warning, in ms. */
const soon = 6 * 3_600_000;

type Props = { due: { what: "first_look" | "decision"; at: string }; now: number };

/** What is due next and how long that still is; what is overdue says so in words, not by colour alone. */
export function DueClock({ due, now }: Props) {
  const { t, format } = useLanguage();
  const left = Date.parse(due.at) - now;
  const isOver = left < 0;
  const phrase = durationPhrase(Math.abs(left));
  const time = t(phrase.id, phrase.values);
  const look = isOver ? "text-danger" : left < soon ? "text-warning" : "text-muted";
  return (
    <span className={`flex items-start gap-1.5 ${look}`}>
      <Icon className={`mt-0.5 size-4 ${isOver ? "icon-alarm-clock" : "icon-clock"}`} />
      <span>
        <time
          dateTime={due.at}
          title={format.moment(new Date(due.at))}
          className="block whitespace-nowrap font-semibold text-sm tabular-nums"
        >
          {t(isOver ? "case.time.over" : "case.time.left", { time })}
        </time>
        <span className="block text-xs">{t(`case.due.${due.what}`)}</span>
      </span>
    </span>
  );
}
