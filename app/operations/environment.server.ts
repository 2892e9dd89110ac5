import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { isVapidPair } from "~/notifications/push/vapid-pair";
import { StartupError } from "./startup-error.server";
import { type Camelized, camelized, type Variables, variables } from "./variables.server";

type Parsed = Camelized<Variables>;

/** What the operator has set, with the defaults for the rest; names as in `variables.server.ts`. */
export interface Environment
  extends Omit<Parsed, "host" | "webProcesses" | "databaseUrl" | "sessionSecret"> {
  host: string;
  webProcesses: number;
  /** Of the embedded PostgreSQL in a web process when the operator gave none. */
  databaseUrl: string;
  sessionSecret: string;
}

/** As the first process finds it: where the embedded PostgreSQL is used, these two come later. */
export type GivenEnvironment = Omit<Environment, "databaseUrl" | "sessionSecret"> & {
  databaseUrl: string | undefined;
  sessionSecret: string | undefined;
};

const schema = z.object(variables).superRefine((values, context) => {
  const needs = (name: keyof Variables, reason: string) => {
    if (values[name] === undefined)
      context.addIssue({ code: "custom", path: [name], message: reason });
  };
  if (values.DATABASE_URL) {
    needs(
      "SESSION_SECRET",
      "is missing, and DATABASE_URL needs it (openssl rand -hex 32 makes one)",
    );
  }
  if (values.STORAGE === "s3") {
    for (const name of ["S3_REGION", "S3_BUCKET"] as const) {
      needs(name, "is missing, and STORAGE=s3 needs it");
    }
  }
  if (values.AWS_ACCESS_KEY_ID)
    needs("AWS_SECRET_ACCESS_KEY", "is missing beside AWS_ACCESS_KEY_ID");
  if (values.AWS_SECRET_ACCESS_KEY)
    needs("AWS_ACCESS_KEY_ID", "is missing beside AWS_SECRET_ACCESS_KEY");
  if (values.SMTP_URL) needs("MAIL_FROM", "is missing, and SMTP_URL needs it");
  if (values.SSO_SECRET || values.SSO_JWKS_URL) {
    needs("SSO_ISSUER", "is missing, and SSO_SECRET and SSO_JWKS_URL need it");
  } else if (values.SSO_ISSUER) {
    needs("SSO_SECRET", "is missing beside SSO_ISSUER, and so is SSO_JWKS_URL");
  }
  if (values.SSO_SECRET && values.SSO_SECRET === values.SESSION_SECRET) {
    context.addIssue({
      code: "custom",
      path: ["SSO_SECRET"],
      message: "is the same as SESSION_SECRET, which the host must not know",
    });
  }
  if (values.VAPID_PUBLIC_KEY || values.VAPID_PRIVATE_KEY || values.VAPID_SUBJECT) {
    for (const name of ["VAPID_PUBLIC_KEY", "VAPID_PRIVATE_KEY", "VAPID_SUBJECT"] as const) {
      needs(name, "is missing beside the other VAPID variables");
    }
    const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey } = values;
    if (publicKey && privateKey && !isVapidPair(publicKey, privateKey)) {
      context.addIssue({
        code: "custom",
        path: ["VAPID_PRIVATE_KEY"],
        message:
          "does not belong to VAPID_PUBLIC_KEY (npx web-push generate-vapid-keys makes both)",
      });
    }
  }
});

/**
 * Reads the variables, for the first process.
 *
 * @throws StartupError whose one line names the first bad variable, what is wrong and an example
 */
export function readEnvironment(source: NodeJS.ProcessEnv): GivenEnvironment {
  // `NAME=` in a compose or .env file means: not set.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(given);
  if (!result.success) throw new StartupError(complaint(result.error));
  const values = result.data;
  return {
    ...camelized(values),
    host: values.HOST ?? (values.DATABASE_URL ? "0.0.0.0" : "127.0.0.1"),
    // One core is for PostgreSQL, or for the rest of the machine.
    webProcesses: values.WEB_PROCESSES ?? Math.max(1, availableParallelism() - 1),
    dataDir: resolve(values.DATA_DIR),
  };
}

function complaint(error: z.ZodError): string {
  const [issue] = error.issues;
  const name = String(issue?.path[0]);
  return `${name} ${issue?.message}; for example ${name}=${exampleOf(name as keyof Variables)}`;
}

/** The example hangs on what `.optional()` and `.default()` wrap. */
export function exampleOf(name: keyof Variables): string | undefined {
  let type: z.core.$ZodType = variables[name];
  for (;;) {
    const example = z.globalRegistry.get(type)?.example;
    if (typeof example === "string") return example;
    if (!(type instanceof z.ZodOptional || type instanceof z.ZodDefault)) return undefined;
    type = type.unwrap();
  }
}

let known: Environment | undefined;

/** Lets the first process do what web processes do, once it has made what nobody gave: seeding. */
export function completeEnvironment(
  given: GivenEnvironment,
  made: Pick<Environment, "databaseUrl" | "sessionSecret">,
): void {
  known = { ...given, ...made };
}

/**
 * The environment of a web process, parsed once; the first process has filled in what it made.
 *
 * @throws StartupError as `readEnvironment`
 */
export function environment(): Environment {
  if (!known) {
    const { databaseUrl, sessionSecret, ...rest } = readEnvironment(process.env);
    if (!databaseUrl || !sessionSecret) {
      throw new StartupError(
        "DATABASE_URL is missing; for example DATABASE_URL=postgres://parley:secret@localhost/parley",
      );
    }
    known = { ...rest, databaseUrl, sessionSecret };
  }
  return known;
}
