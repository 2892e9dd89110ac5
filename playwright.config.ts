import { createServer } from "node:net";
import { defineConfig } from "@playwright/test";
import { host } from "./e2e/host";
import { findBrowser } from "./scripts/browser.mjs";

// The tests' processes read this file again, and have to find the same server.
process.env.E2E_PORT ??= String(await freePort());
// Where a flow has the browsers' push service, the only one that this server knows.
process.env.E2E_PUSH_PORT ??= String(await freePort());
// Where a flow has the demo host, the only one in this network that is told of what happens.
process.env.E2E_MARKET_PORT ??= String(await freePort());
const baseURL = `http://127.0.0.1:${process.env.E2E_PORT}`;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    baseURL,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // Recording every step takes a fifth of the time of all flows.
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: `"${process.execPath}" scripts/test-server.mjs`,
    url: `${baseURL}/readyz`,
    env: {
      PORT: process.env.E2E_PORT,
      HOST: "127.0.0.1",
      SSO_ISSUER: host.issuer,
      SSO_SECRET: host.secret,
      PUSH_SERVICES: `http://127.0.0.1:${process.env.E2E_PUSH_PORT}`,
      WEBHOOK_ALLOWED_HOSTS: `127.0.0.1:${process.env.E2E_MARKET_PORT}`,
    },
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 12_000 },
  },
});

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
