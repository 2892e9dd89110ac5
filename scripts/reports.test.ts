import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { browserCounts, unitCounts } from "./reports.mjs";

const good = { ok: true, output: "" };
const bad = { ok: false, output: "it broke" };

async function written(report: object) {
  const folder = await mkdtemp(join(tmpdir(), "parley-report-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(report));
  return file;
}

const unit = (...statuses: string[]) =>
  written({
    testResults: [
      {
        name: "a.test.ts",
        message: "",
        assertionResults: statuses.map((status) => ({ status, fullName: "t" })),
      },
    ],
  });

const browser = (...statuses: string[]) =>
  written({
    errors: [],
    suites: [
      {
        title: "a.spec.ts",
        suites: [
          {
            title: "inner",
            specs: statuses.map((status) => ({
              title: "t",
              tests: [{ status, projectName: "p", results: [] }],
            })),
          },
        ],
      },
    ],
  });

test("what passed is counted, and what was skipped, pending or flaky has failed", async () => {
  const units = unitCounts(await unit("passed", "failed", "skipped", "todo"), bad);
  expect(units).toMatchObject({ passed: 1, failed: 3 });
  const browsers = browserCounts(await browser("expected", "unexpected", "flaky", "skipped"), bad);
  expect(browsers).toMatchObject({ passed: 1, failed: 3 });
  expect(browsers.details).toContain("a.spec.ts > inner > t [p]: flaky");
});

test("a suite that ends without a report has failed", () => {
  expect(unitCounts("nowhere.json", good)).toMatchObject({ passed: 0, failed: 1 });
  expect(browserCounts("nowhere.json", bad).details).toContain("it broke");
});

test("a suite that ends badly although every test passed has failed", async () => {
  expect(unitCounts(await unit("passed"), bad)).toMatchObject({ passed: 1, failed: 1 });
  expect(browserCounts(await browser("expected"), bad)).toMatchObject({ passed: 1, failed: 1 });
});

test("a suite without tests has failed", async () => {
  expect(unitCounts(await written({ testResults: [] }), good)).toMatchObject({ failed: 1 });
  expect(browserCounts(await browser(), good)).toMatchObject({ failed: 1 });
});
