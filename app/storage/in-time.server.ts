import { StorageError } from "./storage";

/**
 * What `work` gives, or a `slow` storage. What cannot be stopped goes on by itself, and sees by the
 * signal that nobody waits for it any more.
 */
export async function inTime<Result>(
  ms: number,
  what: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new StorageError("slow", `${what} took longer than ${ms / 1000} s`);
    late.reject(error);
    controller.abort(error);
  }, ms);
  const done = work(controller.signal);
  done.catch(() => {});
  try {
    return await Promise.race([done, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
