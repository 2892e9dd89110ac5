import { remembered } from "~/ui/format";

/** From and to in minutes after midnight, as the clocks of the time zone show; may go over midnight. */
export type QuietHours = { from: number; to: number; timeZone: string };

const minute = 60_000;
const day = 24 * 60;
/** No zone turns its clocks by more than that at once, in minutes. */
const mostTurned = 180;

/**
 * When quiet hours that hold now are over; null where none hold.
 *
 * As clocks show them: on the night that they are turned, quiet hours are an hour shorter or longer,
 * and an end that the clocks skip is where they go on.
 */
export function quietUntil(quiet: QuietHours, now: Date): Date | null {
  if (!holds(quiet, now)) return null;
  const left = (quiet.to - clockMinutes(quiet.timeZone, now) + day) % day;
  const startOfMinute = Math.floor(now.getTime() / minute) * minute;
  let at = startOfMinute + Math.max(1, left - mostTurned) * minute;
  for (const last = at + 3 * mostTurned * minute; at < last; at += minute) {
    if (!holds(quiet, new Date(at))) return new Date(at);
  }
  return new Date(startOfMinute + left * minute);
}

function holds({ from, to, timeZone }: QuietHours, now: Date): boolean {
  const at = clockMinutes(timeZone, now);
  return from < to ? from <= at && at < to : to < from && (from <= at || at < to);
}

/** What the clocks there show, in minutes after midnight. */
function clockMinutes(timeZone: string, now: Date): number {
  const [hours = 0, minutes = 0] = clock(timeZone).format(now).split(":").map(Number);
  return hours * 60 + minutes;
}

/** A zone that this Node no longer knows is better told at a wrong hour than never. */
const clock = remembered(64, (timeZone: string) => {
  const shown = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  try {
    return new Intl.DateTimeFormat("en-GB", { ...shown, timeZone });
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...shown, timeZone: "UTC" });
  }
});
