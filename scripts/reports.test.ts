import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { browserCounts, chaosCounts, unitCounts } from "./reports.mjs";

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

test("a fault that broke a promise has failed, and so has a fault suite that ended badly", async () => {
  const chaos = (...violations: object[][]) =>
    written({ results: violations.map((broken) => ({ violations: broken })) });
  expect(chaosCounts(await chaos([], []), good)).toMatchObject({ passed: 2, failed: 0 });
  const broken = chaosCounts(await chaos([], [{ rule: "a" }, { rule: "b" }], [{}]), bad);
  expect(broken).toMatchObject({ passed: 1, failed: 2, details: "it broke" });
  expect(chaosCounts(await chaos([], []), bad)).toMatchObject({ passed: 2, failed: 1 });
  expect(chaosCounts(await chaos(), good)).toMatchObject({ passed: 0, failed: 1 });
  expect(chaosCounts("nowhere.json", bad)).toMatchObject({ failed: 1 });
});
