import { describe, expect, test } from "vitest";
import { z } from "zod";
import { says } from "./form-phrases.server";
import { readForm } from "./forms.server";

const schema = z.object({
  email: z.string().min(3, says("accounts.emailInvalid")),
  name: z.string().max(5).optional(),
  password: z.string().optional(),
});

const post = (body: BodyInit, headers: HeadersInit = {}) =>
  new Request("http://parley.test/x", { method: "POST", body, headers });
const typed = (fields: Record<string, string>) => post(new URLSearchParams(fields));
const multipart = (fields: Record<string, string | Blob>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return post(form);
};
const errorsOf = (reading: Awaited<ReturnType<typeof readForm>>) =>
  reading.ok ? null : reading.result.error;

/** By the processor's time, because others use the same machine. */
async function measured(request: Request) {
  const before = process.cpuUsage();
  const reading = await readForm(request, schema);
  const { user, system } = process.cpuUsage(before);
  return { reading, cpuMs: (user + system) / 1_000 };
}

describe.each([
  ["urlencoded", typed],
  ["multipart", multipart],
])("a form sent as %s", (_, form) => {
  test("is read", async () => {
    const reading = await readForm(form({ email: "a@b.c", name: "J\u00f6 \u{1f600}" }), schema);
    expect(reading).toMatchObject({
      ok: true,
      value: { email: "a@b.c", name: "J\u00f6 \u{1f600}" },
    });
  });

  test("comes back with what is wrong beside each field, what was typed, and no password", async () => {
    const reading = await readForm(
      form({ email: "a", name: "too long", password: "secret" }),
      schema,
    );
    expect(reading).toMatchObject({ ok: false, status: 422 });
    expect(errorsOf(reading)).toEqual({
      email: [{ id: "accounts.emailInvalid", values: { min: 3 } }],
      name: [{ id: "error.tooLong", values: { max: 5 } }],
    });
    expect(reading).toMatchObject({ result: { initialValue: { email: "a", name: "too long" } } });
    expect(JSON.stringify(reading)).not.toContain("secret");
  });

  test("with a missing field says so", async () => {
    expect(errorsOf(await readForm(form({ name: "x" }), schema))).toEqual({
      email: [{ id: "error.required" }],
    });
  });

  test("with a NUL is refused beside its field", async () => {
    const reading = await readForm(form({ email: "a@b\0.c" }), schema);
    expect(reading).toMatchObject({ ok: false, status: 422 });
    expect(errorsOf(reading)).toEqual({ email: [{ id: "error.unreadable" }] });
  });

  test.each([
    ["an index", "a[1000000]"],
    ["an index after a dot", "a.b[9]"],
    ["nesting", "a.b.c"],
    ["the prototype", "__proto__"],
    ["the parser's own intent", "__intent__"],
    ["no characters", ""],
    ["101 characters", "a".repeat(101)],
  ])("with a name of %s is refused within 100 ms of work", async (_, name) => {
    const { reading, cpuMs } = await measured(form({ [name]: "x" }));
    expect(cpuMs).toBeLessThan(100);
    expect(reading).toMatchObject({ ok: false, status: 400 });
  });

  test("with 10,000 fields is refused within 100 ms of work", async () => {
    const fields = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, "x"]));
    const { reading, cpuMs } = await measured(form(fields));
    expect(cpuMs).toBeLessThan(100);
    expect(reading).toMatchObject({ ok: false, status: 400 });
    expect(errorsOf(reading)).toEqual({ "": [{ id: "error.tooManyFields" }] });
  });

  test("with one field twice is refused", async () => {
    const twice = new URLSearchParams([
      ["email", "a@b.c"],
      ["email", "d@e.f"],
    ]);
    expect(await readForm(post(twice), schema)).toMatchObject({ ok: false, status: 422 });
  });
});

describe("a multipart form", () => {
  const boundary = "x".repeat(20);
  const raw = (body: string) =>
    post(body, { "Content-Type": `multipart/form-data; boundary=${boundary}` });
  const part = (head: string, value = "x") => `--${boundary}\r\n${head}\r\n\r\n${value}\r\n`;
  const field = part('Content-Disposition: form-data; name="email"', "a@b.c");

  test("may hold a file input that was left empty", async () => {
    const reading = await readForm(multipart({ email: "a@b.c", images: new File([], "") }), schema);
    expect(reading.ok).toBe(true);
  });

  test("with a file is refused", async () => {
    const reading = await readForm(
      multipart({ email: "a@b.c", images: new File(["x"], "x.png") }),
      schema,
    );
    expect(reading).toMatchObject({ ok: false, status: 400 });
  });

  test.each([
    ["is empty", ""],
    ["ends in the middle", field],
    [
      "ends in the middle of a file",
      `${field}--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nxx`,
    ],
    ["is something else", "email=a@b.c"],
    ["has endless headers", part(Array(5_000).fill("A: b").join("\r\n"))],
  ])("that %s is refused and does not hang", async (_, body) => {
    const reading = await readForm(raw(body), schema);
    expect(reading.ok).toBe(false);
    expect(!reading.ok && reading.status).toBeOneOf([400, 422]);
  });

  test("without a boundary is refused", async () => {
    const reading = await readForm(
      post("x", { "Content-Type": "multipart/form-data; x=y" }),
      schema,
    );
    expect(reading).toMatchObject({ ok: false, status: 400 });
  });
});

test.each(["application/json", "text/plain", "", "application/x-www-form-urlencodedx"])(
  "%j is not a form",
  async (type) => {
    const reading = await readForm(post("{}", { "Content-Type": type }), schema);
    expect(reading).toMatchObject({ ok: false, status: 415 });
  },
);

test("a form without a body is read as an empty one", async () => {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const request = new Request("http://parley.test/x", { method: "POST", headers });
  expect(await readForm(request, schema)).toMatchObject({ ok: false, status: 422 });
});
