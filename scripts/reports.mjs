import { readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, details: string }} Counts */
/** @typedef {{ ok: boolean, output: string }} Outcome */

/** @typedef {{ status: string, fullName: string, failureMessages?: string[] }} UnitTest */
/** @typedef {{ name: string, message: string, assertionResults: UnitTest[] }} UnitFile */
/** @typedef {{ message?: string, stack?: string }} BrowserError */
/** @typedef {{ status: string, projectName: string, results: { errors?: BrowserError[] }[] }} BrowserTest */
/** @typedef {{ title: string, tests: BrowserTest[] }} Spec */
/** @typedef {{ title: string, specs?: Spec[], suites?: Suite[] }} Suite */

/**
 * Counts of Vitest's JSON report. A skipped test has shown nothing, and counts as failed.
 *
 * @param {string} file
 * @param {Outcome} outcome
 * @returns {Counts}
 */
export function unitCounts(file, outcome) {
  /** @type {{ testResults: UnitFile[] } | undefined} */
  const report = read(file);
  if (!report) return crashed(outcome);
  let passed = 0;
  /** @type {string[]} */
  const failures = [];
  for (const { name, message, assertionResults } of report.testResults) {
    if (message) failures.push(`${name}\n${message}`);
    for (const { status, fullName, failureMessages = [] } of assertionResults) {
      if (status === "passed") passed++;
      else failures.push(`${name} > ${fullName}: ${status}\n${failureMessages.join("\n")}`);
    }
  }
  return settle(passed, failures, outcome);
}

/**
 * Counts of Playwright's JSON report; a flaky or skipped test counts as failed.
 *
 * @param {string} file
 * @param {Outcome} outcome
 * @returns {Counts}
 */
export function browserCounts(file, outcome) {
  /** @type {{ errors: BrowserError[], suites: Suite[] } | undefined} */
  const report = read(file);
  if (!report) return crashed(outcome);
  let passed = 0;
  const failures = report.errors.map(({ message, stack }) => stack ?? message ?? "");
  for (const { title, test } of report.suites.flatMap((suite) => testsOf(suite, ""))) {
    if (test.status === "expected") passed++;
    else {
      const errors = test.results.flatMap(({ errors = [] }) =>
        errors.map(({ message }) => message),
      );
      failures.push(`${title} [${test.projectName}]: ${test.status}\n${errors.join("\n")}`);
    }
  }
  return settle(passed, failures, outcome);
}

/**
 * Counts of the fault suite's report: one for each fault.
 *
 * @param {string} file
 * @param {Outcome} outcome
 * @returns {Counts}
 */
export function chaosCounts(file, outcome) {
  /** @type {{ results: { violations: object[] }[] } | undefined} */
  const report = read(file);
  if (!report) return crashed(outcome);
  const kept = report.results.filter(({ violations }) => violations.length === 0).length;
  const broken = report.results.length - kept;
  const counts = settle(kept, broken > 0 ? [outcome.output] : [], outcome);
  return { ...counts, failed: Math.max(counts.failed, broken) };
}

/**
 * @param {Suite} suite
 * @param {string} above
 * @returns {{ title: string, test: BrowserTest }[]}
 */
function testsOf(suite, above) {
  const path = above ? `${above} > ${suite.title}` : suite.title;
  return [
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests.map((test) => ({ title: `${path} > ${title}`, test })),
    ),
    ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, path)),
  ];
}

/** @param {number} passed @param {string[]} failures @param {Outcome} outcome @returns {Counts} */
function settle(passed, failures, outcome) {
  // An error outside of every test, or a suite in which nothing ran.
  if (failures.length === 0 && (!outcome.ok || passed === 0)) failures.push(outcome.output);
  return { passed, failed: failures.length, details: plain(failures.join("\n\n")) };
}

/** @param {Outcome} outcome @returns {Counts} */
function crashed(outcome) {
  return { passed: 0, failed: 1, details: plain(`It ended without a report:\n${outcome.output}`) };
}

/** @param {string} text */
function plain(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal start with one
  return text.replace(/\x1b\[[0-9;]*m/g, "");
}

/** @param {string} file */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
