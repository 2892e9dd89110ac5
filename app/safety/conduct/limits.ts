import type { Strength } from "../filters";

/** How much of one text to how many people is too much. */
export type BulkLimits = {
  /** By so many of 64 bits two prints may differ and still be of texts that are alike. */
  distance: number;
  /** In so many chats that the sender himself began, when the text calls to something or is long… */
  opened: number;
  /** …or in so many when it is short and harmless, as buyers ask many sellers the same. */
  openedShort: number;
  /** In so many altogether: sellers give many who ask the same answer. Short answers never count. */
  answered: number;
};

/** Within a day; why these: docs/safety.md. */
export const bulkLimits: Record<Strength, BulkLimits> = {
  low: { distance: 8, opened: 10, openedShort: 20, answered: 60 },
  normal: { distance: 12, opened: 5, openedShort: 12, answered: 30 },
  high: { distance: 15, opened: 3, openedShort: 6, answered: 15 },
};

/** From so many chats on that an account began in its first day it is watched. */
export const newAccountLimits: Record<Strength, number> = { low: 16, normal: 10, high: 5 };

/** For so long texts are remembered, an account counts as new, and who did too much is watched. */
export const rememberedHours = 24;
