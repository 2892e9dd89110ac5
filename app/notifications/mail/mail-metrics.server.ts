import { Counter } from "prom-client";
import { registry } from "~/operations/metrics.server";

export const mails = new Counter({
  name: "parley_mails_total",
  help: "E-mails by what they are about and what came of them; refused: there is no such address",
  labelNames: ["kind", "outcome"],
  registers: [registry],
});
