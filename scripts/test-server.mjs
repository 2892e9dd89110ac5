import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "./server.mjs";

// A production server with a fresh demo market, for the browser tests.
const dataDir = mkdtempSync(join(tmpdir(), "parley-e2e-"));
process.once("exit", () => rmSync(dataDir, { recursive: true, force: true }));
process.exit(await serve({ DATA_DIR: dataDir, DATABASE_URL: "", DEMO: "1", LOG_LEVEL: "warn" }));
