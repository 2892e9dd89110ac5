/**
 * What of an error goes into the log: enough to find the place, and nothing that a person wrote.
 * Database errors carry the statement's parameters and the row, which may be a message, in their
 * text and in fields of their own; so fields are picked, not copied.
 */
export interface LoggedError {
  type: string;
  message: string;
  /** SQLSTATE, or Node's code such as ECONNREFUSED. */
  code?: string;
  constraint?: string;
  table?: string;
  /** Where it was thrown, without the message that usually stands before it. */
  at?: string;
  cause?: LoggedError;
}

/** @param depth how many causes are followed */
export function loggedError(error: unknown, depth = 4): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an Error" };
  return {
    type: error.name,
    message: safeMessage(error),
    ...optional("code", field(error, "code")),
    ...optional("constraint", field(error, "constraint_name")),
    ...optional("table", field(error, "table_name")),
    ...optional("at", frames(error.stack)),
    ...(error.cause !== undefined && depth > 0 && { cause: loggedError(error.cause, depth - 1) }),
  };
}

function safeMessage(error: Error): string {
  // Drizzle's: "Failed query: insert ... params: ...".
  if ("params" in error && "query" in error) return `Failed query: ${String(error.query)}`;
  // PostgreSQL quotes the value in data exceptions (class 22): "invalid input syntax for ...".
  if (/^22...$/.test(field(error, "code") ?? "")) return "PostgreSQL could not read a value";
  return error.message.replace(/(\w+:\/\/[^\s:@/]*):[^\s@/]+@/g, "$1:…@");
}

function field(error: Error, name: string): string | undefined {
  const value = Object.entries(error).find(([key]) => key === name)?.[1];
  return typeof value === "string" ? value : undefined;
}

function frames(stack: string | undefined): string | undefined {
  const lines = stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return lines?.map((line) => line.trim()).join("\n") || undefined;
}

function optional<Name extends string>(name: Name, value: string | undefined) {
  return value === undefined ? {} : { [name]: value };
}
