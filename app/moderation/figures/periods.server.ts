import { type SQL, sql } from "drizzle-orm";
import type { FigureUnit } from "./figures";

/** Which periods: so many, the one that goes on now among them. */
export type AskedPeriods = { unit: FigureUnit; timeZone: string; count: number };

/** The first moment of each period as local time: adding days to it keeps to midnight. */
export const localStarts = ({ unit, timeZone, count }: AskedPeriods) => sql`
  select generate_series(
    date_trunc(${unit}, now() at time zone ${timeZone}) - ${count - 1} * ${interval(unit)},
    date_trunc(${unit}, now() at time zone ${timeZone}), ${interval(unit)}) as local`;

/** Of each period the moment of its begin (`since`) and that of the next one (`until`). */
export const boundsOf = (asked: AskedPeriods) => sql`
  select local at time zone ${asked.timeZone} as since,
    (local + ${interval(asked.unit)}) at time zone ${asked.timeZone} as until
  from (${localStarts(asked)}) s`;

const interval = (unit: FigureUnit) => sql.raw(`interval '1 ${unit}'`);

/** A moment as ISO 8601, by which what is read apart is put together. */
export const keyOf = (moment: SQL) =>
  sql`to_char((${moment}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
