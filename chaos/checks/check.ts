import type { History, Violation } from "../history";
import { checkReading } from "./reading";
import { checkReloading } from "./reloading";
import { checkWriting } from "./writing";

/** Holds what happened against the promise; says everything that broke it. */
export function check(history: History): Violation[] {
  return [...checkWriting(history), ...checkReading(history), ...checkReloading(history)];
}
