import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { disputeReasons } from "~/db/schema";
import { readCaseFigures, readOpenCases } from "./case-figures.server";
import type { Figures, FigureUnit } from "./figures";
import { readFlagFigures } from "./flag-figures.server";
import { readMessageFigures } from "./message-figures.server";
import { type AskedPeriods, keyOf, localStarts } from "./periods.server";

/** How many periods are shown, the one that goes on now among them. */
const shown = { day: 14, week: 12 } as const satisfies Record<FigureUnit, number>;

/**
 * The figures of the marketplace, by day or by week.
 *
 * @param timeZone IANA name, in which days and weeks (from Monday) begin
 */
export async function readFigures(
  db: Db,
  { unit, timeZone }: { unit: FigureUnit; timeZone: string },
): Promise<Figures> {
  const asked = { unit, timeZone, count: shown[unit] };
  const [starts, cases, flags, messages, open] = await Promise.all([
    readStarts(db, asked),
    readCaseFigures(db, asked),
    readFlagFigures(db, asked),
    readMessageFigures(db, asked),
    readOpenCases(db),
  ]);
  const periods = starts.map((start) => ({
    start,
    ...(messages.get(start) ?? { messages: 0, activePeople: 0 }),
    ...(cases.byPeriod.get(start) ?? {
      opened: 0,
      resolved: 0,
      openAtEnd: 0,
      firstLookHours: null,
      decisionHours: null,
    }),
    ...(flags.byPeriod.get(start) ?? { flagsRaised: 0, flagsDecided: 0, flagsAtEnd: 0 }),
  }));
  const byReason = Object.fromEntries(
    disputeReasons.map((reason) => [reason, cases.byReason.get(reason) ?? 0]),
  ) as Figures["byReason"];
  return { periods, byReason, flagsByKind: flags.byKind, ...open };
}

async function readStarts(db: Db, asked: AskedPeriods): Promise<string[]> {
  const rows = await db.execute<{ start: string }>(sql`
    select ${keyOf(sql`local at time zone ${asked.timeZone}`)} as start
    from (${localStarts(asked)}) s order by local`);
  return rows.map(({ start }) => start);
}
