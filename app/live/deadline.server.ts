/**
 * What `work` gives, if it gives it in time. Work that is late goes on, and nobody waits for it:
 * a question on a connection that died without a word is never answered.
 *
 * @param ms until it rejects; a process that was stopped meanwhile first takes what has come by then
 */
export async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new Error(`No answer within ${ms} ms`));
  const timer = setTimeout(() => setImmediate(giveUp), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
