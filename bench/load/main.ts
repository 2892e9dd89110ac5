import { once } from "node:events";
import { openStreams, transportOf } from "./open-streams.ts";
import type { Idle, Plan } from "./plan.ts";
import { runLoad } from "./run-load.ts";
import { type UploadPlan, upload } from "./uploads.ts";

/**
 * A load that is run to its end, photos until a second message comes, or streams that stay open until
 * this process is stopped.
 */
export type Task = { run: Plan } | { hold: Idle } | { upload: UploadPlan };

async function perform(task: Task): Promise<unknown> {
  if ("run" in task) return runLoad(task.run);
  if ("upload" in task) return upload(task.upload, once(process, "message"));
  const transport = transportOf(task.hold);
  await openStreams(task.hold, (_chat, person) => transport.openStream(person, () => {}));
  return "open";
}

// The load client is a process of its own, so that it shares no event loop with anything.
process.once("message", async (task: Task) => {
  try {
    process.send?.({ result: await perform(task) });
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.send?.({ reason });
  }
});
process.on("disconnect", () => process.exit(0));
