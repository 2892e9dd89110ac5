import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { stages } from "~/db/schema";
import { drawPlot } from "~/moderation/figures/draw.server";
import { readHitDays } from "../hit-figures.server";
import { readDryRun } from "./dry-runs.server";
import { findRule } from "./rules.server";
import { viewSamples } from "./samples.server";

/**
 * All that the page of a rule shows; null when there is none.
 *
 * @param wantsSamples shows what messages say, and is in the audit log
 */
export async function viewRule(
  db: Db,
  viewer: Viewer,
  ruleId: string,
  { wantsSamples }: { wantsSamples: boolean },
) {
  const [rule, dryRun, days] = await Promise.all([
    findRule(db, ruleId),
    readDryRun(db, ruleId),
    readHitDays(db, ruleId),
  ]);
  if (!rule) return null;
  return {
    rule,
    days,
    stages,
    plot: drawPlot({ bars: days.map(({ flag, warn, block }) => flag + warn + block) }),
    dryRun: dryRun && {
      ...dryRun,
      plot: drawPlot({ bars: dryRun.days.map(({ hits }) => hits) }),
    },
    samples: dryRun && wantsSamples ? await viewSamples(db, viewer, dryRun.id) : null,
  };
}

export type RulePage = NonNullable<Awaited<ReturnType<typeof viewRule>>>;
