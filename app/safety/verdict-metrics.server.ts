import { is } from "drizzle-orm";
import { PgTransaction } from "drizzle-orm/pg-core";
import { Counter } from "prom-client";
import type { Db } from "~/db/client.server";
import { registry } from "~/operations/metrics.server";
import { countHits } from "./hits.server";
import type { Verdict } from "./verdict";

const verdicts = new Counter({
  name: "parley_filter_verdicts_total",
  help: "What filters found in words that somebody wanted to send, by kind and what came of it",
  labelNames: ["kind", "action"],
  registers: [registry],
});

/**
 * Counts what was found, when it is decided.
 *
 * @param isSent after a warning, which was counted by itself, it is `confirmed`
 */
export function countVerdict(db: Db, { action, reasons }: Verdict, isSent: boolean): void {
  for (const { kind, action } of reasons) {
    verdicts.inc({ kind, action: isSent && action === "warn" ? "confirmed" : action });
  }
  if (is(db, PgTransaction)) return;
  const news = isSent ? reasons.filter((reason) => reason.action !== "warn") : reasons;
  countHits(db, { action, reasons: news });
}
