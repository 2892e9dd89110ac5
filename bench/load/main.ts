import type { Plan } from "./plan.ts";
import { runLoad } from "./run-load.ts";

// The load client is a process of its own, so that it shares no event loop with anything.
process.once("message", async (plan: Plan) => {
  try {
    const result = await runLoad(plan);
    process.send?.({ result }, () => process.exit(0));
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.send?.({ reason }, () => process.exit(1));
  }
});
process.on("disconnect", () => process.exit(1));
