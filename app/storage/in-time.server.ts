import { within } from "~/operations/deadline.server";
import { StorageError } from "./storage";

/**
 * What `work` gives, or a `slow` storage. What cannot be stopped goes on by itself, and sees by the
 * signal that nobody waits for it any more.
 */
export function inTime<Result>(
  ms: number,
  what: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  return within(ms, work(controller.signal), () => {
    const error = new StorageError("slow", `${what} took longer than ${ms / 1000} s`);
    controller.abort(error);
    return error;
  });
}
