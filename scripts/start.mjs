import { serve } from "./server.mjs";
import { setUp } from "./setup.mjs";

const release = await setUp();
const serving = serve();
release();
process.exit(await serving);
