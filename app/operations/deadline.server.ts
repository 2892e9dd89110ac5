/**
 * What `work` gives, if it gives it in time. Work that is late goes on, and nobody waits for it:
 * a question on a connection that died without a word is never answered.
 *
 * @param ms until it rejects; a process that was stopped meanwhile first takes what has come by then
 * @param late what it rejects with
 */
export async function within<Result>(
  ms: number,
  work: Promise<Result>,
  late: () => Error = () => new Error(`No answer within ${ms} ms`),
): Promise<Result> {
  const { promise: waiting, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(late());
  const timer = setTimeout(() => setImmediate(giveUp), ms);
  // What it fails with later is nobody's concern.
  work.catch(() => {});
  try {
    return await Promise.race([work, waiting]);
  } finally {
    clearTimeout(timer);
  }
}
