import { isIP } from "node:net";
import { z } from "zod";
import { parseAllowedHosts } from "~/integration/webhooks/allowed-hosts";
import { knownPushServices, parsePushServices } from "~/notifications/push/push-services";
import { parseOrigins } from "~/subjects/picture-address";

declare module "zod" {
  interface GlobalMeta {
    example?: unknown;
  }
}

/** Messages say what is wrong and never repeat the value: it may be a secret. */
const text = (example: string) => z.string("is missing").trim().meta({ example });

const number = (lowest: number, highest: number, example: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, `is not a whole number from ${lowest} to ${highest}`)
    .transform(Number)
    .refine((number) => number >= lowest && number <= highest, {
      error: `is not a whole number from ${lowest} to ${highest}`,
    })
    .meta({ example: String(example) });

const whole = (lowest: number, highest: number, standard: number) =>
  number(lowest, highest, standard).default(standard);

const oneOf = <const Choice extends string>(choices: readonly [Choice, ...Choice[]]) =>
  z.enum(choices, `is not one of ${choices.join(", ")}`).meta({ example: choices[0] });

const url = (protocols: readonly string[], example: string) =>
  text(example).refine(
    (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
    // What comes after may take it for an address.
    { error: `is not an address that starts with ${protocols.join("// or ")}//`, abort: true },
  );

const secret = (characters: number, example: string) =>
  text(example).min(characters, `is shorter than ${characters} characters`);

const flag = (example: "0" | "1") =>
  z
    .enum(["0", "1"], "is neither 0 nor 1")
    .transform((value) => value === "1")
    .meta({ example });

const origin = url(["http:", "https:"], "https://chat.example.com")
  .refine(
    (value) => new URL(value).pathname === "/" && !new URL(value).search,
    "has a path: give the origin alone",
  )
  .transform((value) => new URL(value))
  .meta({ example: "https://chat.example.com" });

const pushServices = text("fcm.googleapis.com, *.push.apple.com")
  .transform((value, context) => {
    const services = parsePushServices(value);
    if (services) return services;
    context.addIssue("is no list of hosts and origins with commas between them");
    return z.NEVER;
  })
  .meta({ example: "fcm.googleapis.com, *.push.apple.com" });

const origins = text("https://pictures.market.example")
  .transform((value, context) => {
    const list = parseOrigins(value);
    if (list) return list;
    context.addIssue("is no list of origins with commas between them");
    return z.NEVER;
  })
  .meta({ example: "https://pictures.market.example, https://cdn.example.com" });

const webhookHosts = text("market.internal, 127.0.0.1:4000")
  .transform((value, context) => {
    const hosts = parseAllowedHosts(value);
    if (hosts) return hosts;
    context.addIssue("is no list of hosts, each with a port or without, with commas between them");
    return z.NEVER;
  })
  .meta({ example: "market.internal, 127.0.0.1:4000" });

const PROXY_NAMES = ["loopback", "linklocal", "uniquelocal"];

/** A number of hops, or the proxies' addresses; `true` would believe anyone who sends the header. */
const proxies = text("1")
  .refine(
    (value) => /^\d{1,2}$/.test(value) || value.split(",").every((part) => isProxy(part.trim())),
    "is neither a number of proxies nor a list of their addresses",
  )
  .transform((value) =>
    /^\d+$/.test(value) ? Number(value) : value.split(",").map((part) => part.trim()),
  )
  .meta({ example: "1" });

function isProxy(part: string): boolean {
  const [address = "", bits] = part.split("/");
  return PROXY_NAMES.includes(part) || (isIP(address) > 0 && (!bits || /^\d{1,3}$/.test(bits)));
}

/** Every variable that Parley reads. `docs/operating.md` has the same list for people. */
export const variables = {
  PORT: whole(0, 65_535, 3000),
  HOST: text("127.0.0.1").optional(),
  PUBLIC_URL: origin.optional(),
  DATABASE_URL: url(
    ["postgres:", "postgresql:"],
    "postgres://parley:secret@localhost/parley",
  ).optional(),
  DATABASE_POOL_SIZE: number(2, 1000, 10).optional(),
  DATA_DIR: text(".data").default(".data"),
  SESSION_SECRET: secret(32, "0123456789abcdef0123456789abcdef").optional(),
  DEMO: flag("1").optional(),
  WEB_PROCESSES: number(1, 256, 2).optional(),
  JOBS: oneOf(["web", "apart"]).default("web"),
  // The web processes have 6.5 s in all, and requests in flight need some of it.
  SHUTDOWN_GRACE_SECONDS: whole(0, 5, 0),
  TRUST_PROXY: proxies.default(0),
  LOG_LEVEL: oneOf(["info", "trace", "debug", "warn", "error", "fatal", "silent"]).default("info"),
  LOG_FORMAT: oneOf(["json", "pretty"]).default("json"),
  METRICS_TOKEN: secret(16, "0123456789abcdef").optional(),

  STORAGE: oneOf(["disk", "s3"]).default("disk"),
  S3_ENDPOINT: url(["http:", "https:"], "https://s3.example.com").optional(),
  S3_REGION: text("eu-central-1").optional(),
  S3_BUCKET: text("parley").optional(),
  AWS_ACCESS_KEY_ID: text("AKIAEXAMPLE").optional(),
  AWS_SECRET_ACCESS_KEY: text("secret").optional(),
  S3_FORCE_PATH_STYLE: flag("1").default(false),
  SMTP_URL: url(["smtp:", "smtps:"], "smtps://user:secret@mail.example.com").optional(),
  MAIL_FROM: text("Parley <chat@example.com>")
    .regex(/^[^@\s][^@]*@[^@\s]+$/, "is not an e-mail address")
    .optional(),
  VAPID_PUBLIC_KEY: text("BPublicKeyInBase64Url").optional(),
  VAPID_PRIVATE_KEY: text("privateKeyInBase64Url").optional(),
  VAPID_SUBJECT: url(["mailto:", "https:"], "mailto:chat@example.com").optional(),
  PUSH_SERVICES: pushServices.default(() => parsePushServices(knownPushServices) ?? []),
  SUBJECT_PICTURE_ORIGINS: origins.default(() => []),
  WEBHOOK_ALLOWED_HOSTS: webhookHosts.default(() => []),
  SSO_SECRET: secret(32, "0123456789abcdef0123456789abcdef").optional(),
  SSO_JWKS_URL: url(["https:", "http:"], "https://market.example.com/jwks.json").optional(),
  SSO_ISSUER: text("https://market.example.com").optional(),

  DISPUTE_FIRST_LOOK_HOURS: whole(1, 8760, 24),
  DISPUTE_DECISION_HOURS: whole(1, 8760, 72),
  DISPUTE_APPEAL_DAYS: whole(0, 3650, 14),
  RETENTION_WORK_PERCENT: whole(1, 100, 50),

  // `maxUnits` of `app/chats/text-length.ts` has room for so many, four units each.
  LIMIT_MESSAGE_CHARACTERS: whole(1, 16_000, 4000),
  LIMIT_MESSAGES_PER_PAGE: whole(1, 500, 40),
  LIMIT_CHATS_PER_PAGE: whole(1, 500, 30),
  LIMIT_EDIT_MINUTES: whole(0, 525_600, 15),
  LIMIT_UNSEND_HOURS: whole(0, 8760, 24),
  LIMIT_SENDS_PER_SECOND: whole(1, 10_000, 5),
  LIMIT_SEND_BURST: whole(1, 10_000, 20),
  LIMIT_SENDS_PER_MINUTE: whole(1, 100_000, 120),
  LIMIT_NEW_CHATS_PER_HOUR: whole(1, 100_000, 20),
  LIMIT_SIGN_IN_FAILURES_PER_15_MINUTES: whole(1, 100_000, 10),
  // A form has room for so many pictures, each with the words that describe it.
  LIMIT_IMAGES_PER_MESSAGE: whole(1, 25, 10),
  LIMIT_IMAGE_BYTES: whole(1024, 104_857_600, 15_728_640),
  LIMIT_IMAGE_MEGAPIXELS: whole(1, 268, 50),
  LIMIT_TRANSCRIPTS_PER_HOUR: whole(1, 100_000, 20),
  LIMIT_UPLOADS_PER_HOUR: whole(1, 100_000, 60),
  LIMIT_DISPUTES_PER_HOUR: whole(1, 100_000, 20),
  LIMIT_REPORTS_PER_HOUR: whole(1, 100_000, 20),
  LIMIT_API_CALLS_PER_MINUTE: whole(1, 1_000_000, 600),
  LIMIT_STREAMS_PER_USER: whole(1, 1000, 10),
  LIMIT_STREAM_QUEUE_BYTES: whole(4096, 1_073_741_824, 1_048_576),
} as const satisfies Record<string, z.ZodType>;

export type Variables = { [Name in keyof typeof variables]: z.infer<(typeof variables)[Name]> };

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}${Capitalize<CamelCase<Tail>>}`
  : Lowercase<Name>;

export type Camelized<Values> = {
  [Name in keyof Values & string as CamelCase<Name>]: Values[Name];
};

/** `{ DATA_DIR: ".data" }` as `{ dataDir: ".data" }`. */
export function camelized<Values extends Record<string, unknown>>(values: Values) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  ) as Camelized<Values>;
}
