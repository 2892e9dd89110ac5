import { defineConfig } from "vitest/config";
import { mendedPostgres } from "./app/db/mended-driver.ts";
import { messageCatalogs } from "./vite.config.ts";

const drizzle = ["drizzle-orm", "drizzle-orm/pg-core", "drizzle-orm/postgres-js"];

export default defineConfig({
  plugins: [messageCatalogs(), mendedPostgres()],
  resolve: {
    alias: {
      "~test": new URL("./test", import.meta.url).pathname,
      "~": new URL("./app", import.meta.url).pathname,
    },
  },
  test: {
    include: ["{app,bench,chaos,demo-host,scripts,test}/**/*.test.{ts,tsx}"],
    globalSetup: "test/global-setup.ts",
    setupFiles: "test/database.ts",
    env: { SESSION_SECRET: "a session secret for tests alone", LOG_LEVEL: "silent" },
    // Everything runs on a real PostgreSQL on the same cores.
    maxWorkers: 2,
    server: { deps: { inline: ["postgres"] } },
    // Some seventy files, which each test file would load anew: 0.4 s of processor time.
    deps: { optimizer: { ssr: { enabled: true, include: drizzle } } },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // `only` and `skip` make a green run that proves nothing.
    allowOnly: false,
  },
});
