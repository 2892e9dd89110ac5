/**
 * What passes by itself: the connection was refused or broke, the server is starting or stopping,
 * it has no room (for a connection, in its notification queue), or two transactions met.
 * SQLSTATE classes of PostgreSQL's appendix A, codes of Node and of postgres.js.
 */
const passing =
  /^(08...|40...|53...|54000|55P03|57P..|CONNECTION_\w+|CONNECT_TIMEOUT|ECONN\w+|ENOENT|EPIPE|ETIMEDOUT)$/;

/** Whether a failure says that the database is away or overloaded, and nothing of the request. */
export function isUnavailable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string" && passing.test(cause.code)) return true;
    if (cause instanceof AggregateError && cause.errors.some(isUnavailable)) return true;
  }
  return false;
}
