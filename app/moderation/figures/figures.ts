import type { DisputeReason } from "../disputes/dispute";
import type { QueueKind } from "../flags/queue";

export const figureUnits = ["day", "week"] as const;
export type FigureUnit = (typeof figureUnits)[number];

/** What happened in a day or a week of the reader's time zone; its start in ISO 8601. */
export type Period = {
  start: string;
  messages: number;
  /** People who wrote. */
  activePeople: number;
  opened: number;
  resolved: number;
  /** Cases that were open when it ended, or are now. */
  openAtEnd: number;
  /** Medians in hours, of those that were looked at and decided then; null where none was. */
  firstLookHours: number | null;
  decisionHours: number | null;
  flagsRaised: number;
  flagsDecided: number;
  /** Flags that waited when it ended, or do now. */
  flagsAtEnd: number;
};

export const ages = ["day", "threeDays", "week", "longer"] as const;
/** How long a case has been open: less than 24 hours, 3 days, 7 days, or longer. */
export type Age = (typeof ages)[number];

export type Figures = {
  periods: Period[];
  /** Cases that are open now, by age. */
  byAge: Record<Age, number>;
  /** Of the oldest open case, ISO 8601. */
  oldestOpenedAt: string | null;
  /** Cases that were opened in all of the periods. */
  byReason: Record<DisputeReason, number>;
  /** Flags that were raised in all of the periods by what they are about, the most frequent first. */
  flagsByKind: { kind: QueueKind; count: number }[];
};
