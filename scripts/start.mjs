import { endStepsOnSignal, giveUp, requireNode, SetupFailure } from "./machine.mjs";
import { serve } from "./server.mjs";
import { build, install } from "./setup.mjs";

requireNode();
const release = endStepsOnSignal();
try {
  await install();
  await build();
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error;
  giveUp(error.message);
}
const serving = serve();
release();
process.exit(await serving);
