import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { runExchange } from "~/http/exchange.server";
import { makeLog } from "./log.server";

function capture(format: "json" | "pretty" = "json") {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { lines, log: makeLog({ level: "info", format, destination }) };
}

test("a line is JSON with time, level and message", () => {
  const { log, lines } = capture();
  log.info({ chatId: "c" }, "sent");
  expect(JSON.parse(lines.join(""))).toMatchObject({ level: "info", msg: "sent", chatId: "c" });
  expect(Date.parse(JSON.parse(lines.join("")).time)).toBeGreaterThan(0);
});

test("secrets are struck out, however deep the object that holds them", () => {
  const { log, lines } = capture();
  log.info({ password: "hunter2", headers: { cookie: "hunter2" }, a: { b: { token: "hunter2" } } });
  log.error({ err: new Error("no answer from postgres://parley:hunter2@db/parley") });
  expect(lines.join("")).not.toContain("hunter2");
});

test("a failed query is logged without what a person wrote", () => {
  const row = Object.assign(new Error('invalid input syntax for type uuid: "my secret"'), {
    code: "22P02",
    detail: "Failing row contains (my secret)",
    constraint_name: "chat_messages_body_check",
  });
  const { log, lines } = capture();
  log.error(
    { err: new DrizzleQueryError("insert into x values ($1)", ["my secret"], row) },
    "failed",
  );
  expect(lines.join("")).not.toContain("my secret");
  expect(JSON.parse(lines.join("")).err).toMatchObject({
    message: "Failed query: insert into x values ($1)",
    cause: { code: "22P02", constraint: "chat_messages_body_check" },
  });
});

test("what is logged while a request is answered carries its id", () => {
  const { log, lines } = capture();
  runExchange({ requestId: "r-1" }, () => log.info("inside"));
  log.info("outside");
  expect(lines.map((line) => JSON.parse(line).requestId)).toEqual(["r-1", undefined]);
});

test("LOG_FORMAT=pretty writes lines for people", () => {
  const { log, lines } = capture("pretty");
  log.warn({ chatId: "c" }, "slow");
  expect(lines.join("")).toMatch(/^\d\d:\d\d:\d\d\.\d{3} warn {2}slow chatId="c"\n$/);
});
