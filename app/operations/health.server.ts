import type { Request, Response } from "express";
import { log } from "./log.server";

/** What this process needs to be of use, by name; each rejects or says false while it is away. */
export type Checks = Record<string, () => Promise<boolean> | boolean>;

/** A load balancer asks every few seconds; what takes longer is as good as away. */
const patienceMs = 2_000;

/** The process runs and answers. */
export function answerHealth(_req: Request, res: Response): void {
  res.type("text/plain").send("ok\n");
}

/** 200 when every check holds, else 503; `{"status":"ready","checks":{"database":true}}`. */
export function answerReadiness(checks: Checks) {
  return async (_req: Request, res: Response) => {
    const outcomes = await Promise.all(
      Object.entries(checks).map(
        async ([name, check]) => [name, await holds(name, check)] as const,
      ),
    );
    const isReady = outcomes.every(([, outcome]) => outcome);
    res
      .status(isReady ? 200 : 503)
      .json({ status: isReady ? "ready" : "unavailable", checks: Object.fromEntries(outcomes) });
  };
}

async function holds(name: string, check: Checks[string]): Promise<boolean> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("No answer in time")), patienceMs);
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    log.warn({ err: error, check: name }, "not ready");
    return false;
  } finally {
    clearTimeout(timer);
  }
}
