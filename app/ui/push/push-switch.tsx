import { useEffect, useState } from "react";
import { type PushState, readPushState, turnOff, turnOn } from "~/notifications/push/client";
import { Button } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";

/** How this browser's pushes stand, once it said so, and what turns them on and off. */
export function usePush(onChange?: (state: PushState) => void) {
  const [state, setState] = useState<PushState>();
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const [isTurned, setTurned] = useState(false);
  useEffect(() => {
    let isShown = true;
    // Who cannot find out can still try.
    readPushState()
      .catch(() => "off" as const)
      .then((found) => isShown && setState(found));
    return () => {
      isShown = false;
    };
  }, []);
  const change = (turn: () => Promise<PushState>) => async () => {
    setBusy(true);
    setFailed(false);
    try {
      const turned = await turn();
      setState(turned);
      setTurned(true);
      onChange?.(turned);
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };
  return { state, isBusy, isTurned, hasFailed, turnOn: change(turnOn), turnOff: change(turnOff) };
}

/** Turns this browser's pushes on and off, or says why that cannot be. */
export default function PushSwitch({ onChange }: { onChange: () => void }) {
  const t = useT();
  const push = usePush(onChange);
  if (!push.state) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {push.state === "off" && (
        <Button onClick={push.turnOn} disabled={push.isBusy}>
          <Icon className="icon-bell size-5" />
          {t("push.turnOn")}
        </Button>
      )}
      {push.state === "on" && (
        <Button variant="secondary" onClick={push.turnOff} disabled={push.isBusy}>
          <Icon className="icon-bell-off size-5" />
          {t("push.turnOff")}
        </Button>
      )}
      <p role="status" className="min-w-48 flex-1 text-pretty text-sm">
        {push.state !== "off" && t(`push.state.${push.state}`)}
      </p>
      <p role="alert" className="w-full text-danger text-sm empty:hidden">
        {push.hasFailed && t("push.failed")}
      </p>
    </div>
  );
}
