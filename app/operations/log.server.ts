import { type DestinationStream, type LoggerOptions, pino } from "pino";
import { currentExchange } from "~/http/exchange.server";
import { instance } from "./instance.server";
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

const bareOptions: LoggerOptions = {
  base: { pid: process.pid, instance },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
};

/** Bytes of lines that are written together, at most, and the longest that one waits for others, in ms. */
const gathered = { minLength: 32_768, maxWrite: 65_536, periodicFlush: 250 };

type LogOptions = {
  level: string;
  format: "json" | "pretty";
  destination?: DestinationStream;
};

/** Makes a logger that writes JSON lines, or lines for people, to `destination`. */
export function makeLog({ level, format, destination }: LogOptions) {
  const options: LoggerOptions = {
    ...bareOptions,
    level,
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
  return pino(options, streamOf(format, destination));
}

function streamOf(format: LogOptions["format"], destination?: DestinationStream) {
  if (format === "pretty") return prettyStream(destination ?? process.stdout);
  return destination ?? lines;
}

/** Written in pieces, because a system call for each line would cost as much as a whole send. */
const lines = pino.destination({ fd: 1, sync: false, ...gathered });

// A wrong LOG_LEVEL is for the environment to refuse, not for the log.
const ours = {
  level: variables.LOG_LEVEL.safeParse(process.env.LOG_LEVEL || undefined).data ?? "info",
  format: variables.LOG_FORMAT.safeParse(process.env.LOG_FORMAT || undefined).data ?? "json",
} as const;

/** The log of this process. */
export const log = makeLog(ours);

/**
 * For the line of each request, whose fields are few, flat and chosen one by one: it looks through
 * them for nothing that has to be struck out.
 */
export const requestLog = pino({ ...bareOptions, level: ours.level }, streamOf(ours.format));

function hasError(fields: unknown): boolean {
  return typeof fields === "object" && fields !== null && "err" in fields;
}
