import { useState } from "react";
import { Button } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { usePush } from "./push-switch";

const answeredKey = "push-asked";
/** Who said "not now" is asked again after so many ms. */
const patience = 60 * 24 * 60 * 60 * 1000;

/**
 * Asks whoever has just sent a message whether this device may tell of the answer. The browser itself
 * asks only after the button.
 *
 * @param name who may answer
 */
export default function AskForPush({ name }: { name: string }) {
  const t = useT();
  const push = usePush();
  const [isAnswered, setAnswered] = useState(wasAsked);
  const isOffered = push.state === "off" || push.state === "uninstalled";
  if (push.isTurned && push.state === "on") {
    return (
      <p role="status" className="border-line border-t bg-accent-soft px-4 py-2 text-sm">
        <Icon className="icon-check me-2 inline-block size-4 align-text-bottom text-accent" />
        {t("push.state.on")}
      </p>
    );
  }
  if (isAnswered || !isOffered) return null;
  const answer = () => {
    setAnswered(true);
    keepAnswer();
  };
  return (
    <section
      aria-labelledby="ask-for-push"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t bg-accent-soft px-4 py-2 text-sm"
    >
      <p id="ask-for-push" role="status" className="min-w-56 flex-1 text-pretty">
        <Icon className="icon-bell me-2 inline-block size-4 align-text-bottom text-accent" />
        {push.state === "uninstalled" ? t("push.state.uninstalled") : t("push.ask", { name })}
        {push.hasFailed && <b className="block text-danger">{t("push.failed")}</b>}
      </p>
      <span className="flex flex-wrap gap-2">
        {push.state === "off" && (
          <Button onClick={push.turnOn} disabled={push.isBusy}>
            {t("push.turnOn")}
          </Button>
        )}
        <Button variant="quiet" onClick={answer}>
          {t("push.notNow")}
        </Button>
      </span>
    </section>
  );
}

function wasAsked(): boolean {
  try {
    return Date.now() - Number(localStorage.getItem(answeredKey)) < patience;
  } catch {
    return false;
  }
}

function keepAnswer(): void {
  try {
    localStorage.setItem(answeredKey, String(Date.now()));
  } catch {
    // Asked again in the next chat.
  }
}
