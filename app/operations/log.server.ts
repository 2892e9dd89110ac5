import { type DestinationStream, type LoggerOptions, pino } from "pino";
import { currentExchange } from "~/http/exchange.server";
import { prettyStream } from "./log-pretty.server";
import { loggedError } from "./logged-error.server";
import { variables } from "./variables.server";

/** Fields that hold a secret, wherever an object with them is logged by mistake. */
const SECRETS = [
  "password",
  "token",
  "secret",
  "cookie",
  "authorization",
  "sessionSecret",
  "databaseUrl",
  "metricsToken",
  "ssoSecret",
  "smtpUrl",
  "awsSecretAccessKey",
  "vapidPrivateKey",
  "body",
];

/** Makes a logger that writes JSON lines, or lines for people, to `destination`. */
export function makeLog({
  level,
  format,
  destination,
}: {
  level: string;
  format: "json" | "pretty";
  destination?: DestinationStream;
}) {
  const options: LoggerOptions = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "…" },
    serializers: { err: (error: unknown) => loggedError(error) },
    hooks: {
      // Without a message of its own a line would take the error's, which is not safe.
      logMethod([first, ...rest], write) {
        if (first instanceof Error) write.apply(this, [{ err: first }, rest[0] ?? "error"]);
        else write.apply(this, [first, ...(hasError(first) && !rest[0] ? ["error"] : rest)]);
      },
    },
    // What is logged while a request is answered names it, without handing a logger around.
    mixin: () => {
      const requestId = currentExchange()?.requestId;
      return requestId ? { requestId } : {};
    },
    // What a line says itself goes first.
    mixinMergeStrategy: (line, mixed) => ({ ...mixed, ...line }),
  };
  if (format === "pretty") return pino(options, prettyStream(destination ?? process.stdout));
  return destination ? pino(options, destination) : pino(options);
}

/** The log of this process. A wrong LOG_LEVEL is for the environment to refuse, not for the log. */
export const log = makeLog({
  level: variables.LOG_LEVEL.safeParse(process.env.LOG_LEVEL || undefined).data ?? "info",
  format: variables.LOG_FORMAT.safeParse(process.env.LOG_FORMAT || undefined).data ?? "json",
});

function hasError(fields: unknown): boolean {
  return typeof fields === "object" && fields !== null && "err" in fields;
}
