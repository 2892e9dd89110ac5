/**
 * Something that the operator has to put right before Parley can start. Its message is one line
 * that names the cause and the way out; it is printed as it is, without a stack.
 */
export class StartupError extends Error {
  override name = "StartupError";
}
