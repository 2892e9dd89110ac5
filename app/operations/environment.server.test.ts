import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { exampleOf, readEnvironment } from "./environment.server";
import { StartupError } from "./startup-error.server";
import { type Variables, variables } from "./variables.server";

const names = Object.keys(variables) as (keyof Variables)[];
const secret = "0123456789abcdef0123456789abcdef";

function complaint(source: NodeJS.ProcessEnv | Record<string, string>) {
  try {
    readEnvironment(source as NodeJS.ProcessEnv);
  } catch (failure) {
    expect(failure).toBeInstanceOf(StartupError);
    return failure instanceof Error ? failure.message : "";
  }
  return "";
}

test("nothing has to be set to start on one's own machine", () => {
  expect(readEnvironment({} as NodeJS.ProcessEnv)).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    dataDir: resolve(".data"),
    logFormat: "json",
    trustProxy: 0,
    limitMessageCharacters: 4000,
    limitStreamQueueBytes: 1_048_576,
  });
});

test("on a PostgreSQL of its own it listens to all, and asks for a session secret", () => {
  const DATABASE_URL = "postgres://parley:hidden@db/parley";
  expect(complaint({ DATABASE_URL })).toMatch(
    /^SESSION_SECRET is missing, .*; for example SESSION_SECRET=\w+$/,
  );
  const source = { DATABASE_URL, SESSION_SECRET: secret } as Partial<NodeJS.ProcessEnv>;
  expect(readEnvironment(source as NodeJS.ProcessEnv)).toMatchObject({ host: "0.0.0.0" });
});

test.for([
  ["PORT", "http"],
  ["PORT", "65536"],
  ["PORT", "-1"],
  ["PUBLIC_URL", "chat.example.com"],
  ["PUBLIC_URL", "https://example.com/chat"],
  ["DATABASE_URL", "mysql://root:hunter2@db/x"],
  ["SESSION_SECRET", "hunter2"],
  ["SSO_SECRET", "hunter2"],
  ["SSO_JWKS_URL", "file:///keys.json"],
  ["DEMO", "yes"],
  ["STORAGE", "tape"],
  ["LOG_LEVEL", "loud"],
  ["LOG_FORMAT", "xml"],
  ["TRUST_PROXY", "true"],
  ["LIMIT_MESSAGE_CHARACTERS", "0"],
  ["LIMIT_EDIT_MINUTES", "1.5"],
  ["MAIL_FROM", "nobody"],
  ["PUSH_SERVICES", "push"],
  ["PUSH_SERVICES", "https://push.example.com/path"],
  ["SUBJECT_PICTURE_ORIGINS", "https://pictures.example.com/path"],
] as const)(
  "a wrong %s (%s) is named in one line with an example, and not repeated",
  ([name, value]) => {
    const line = complaint({ [name]: value });
    expect(line).toMatch(new RegExp(`^${name} .+; for example ${name}=.+$`));
    expect(line).not.toContain("\n");
    expect(line).not.toContain("hunter2");
  },
);

test("what belongs together is asked for together", () => {
  expect(complaint({ STORAGE: "s3" })).toMatch(/^S3_REGION is missing/);
  expect(complaint({ SMTP_URL: "smtp://mail" })).toMatch(/^MAIL_FROM is missing/);
  expect(complaint({ VAPID_SUBJECT: "mailto:a@b.test" })).toMatch(/^VAPID_PUBLIC_KEY is missing/);
  const pair = { VAPID_PUBLIC_KEY: "B", VAPID_PRIVATE_KEY: "b", VAPID_SUBJECT: "mailto:a@b.test" };
  expect(complaint(pair)).toMatch(/^VAPID_PRIVATE_KEY does not belong to VAPID_PUBLIC_KEY/);
  const keys = "https://market.example.com/keys";
  expect(complaint({ SSO_SECRET: secret })).toMatch(/^SSO_ISSUER is missing/);
  expect(complaint({ SSO_JWKS_URL: keys })).toMatch(/^SSO_ISSUER is missing/);
  expect(complaint({ SSO_ISSUER: "market" })).toMatch(/^SSO_SECRET is missing/);
  const both = { SSO_ISSUER: "market", SSO_SECRET: secret, SESSION_SECRET: secret };
  expect(complaint(both)).toMatch(/^SSO_SECRET is the same as SESSION_SECRET/);
});

test("an empty variable is one that is not set", () => {
  expect(
    readEnvironment({
      PORT: "",
      DATABASE_URL: " ",
    } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv).port,
  ).toBe(3000);
});

test("every variable has an example that is right", () => {
  for (const name of names) {
    const example = exampleOf(name);
    expect(example, name).toBeDefined();
    expect(variables[name].safeParse(example).success, name).toBe(true);
  }
});

test("docs/operating.md lists every variable with its default, and no other", () => {
  const rows = readFileSync("docs/operating.md", "utf8").matchAll(
    /^\| `([A-Z0-9_]+)` *\| ([^|]*) \|/gm,
  );
  const documented = new Map(
    [...rows].map(([, name, value]) => [name, value?.replaceAll("`", "").trim()]),
  );
  expect([...documented.keys()].sort()).toEqual([...names].sort());
  for (const name of names) {
    const standard = variables[name].safeParse(undefined).data;
    if (typeof standard === "number" || typeof standard === "string") {
      expect(documented.get(name), name).toBe(String(standard));
    }
  }
});
