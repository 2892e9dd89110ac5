import { randomUUID } from "node:crypto";
import { type Described, resolved, type Schema } from "./described";

/** What a call is made of; `json` is the body as it is sent. */
export type Asked = {
  method: string;
  path: string;
  query: string;
  body?: string | Buffer;
  headers: Record<string, string>;
};

/** A valid call taken apart, so that one part can be made wrong at a time. */
export type Parts = {
  params: Record<string, unknown>;
  query: Record<string, string>;
  body?: unknown;
  /** Ids and references of what is not the caller's. */
  others: string[];
};

export type Case = { title: string; ask: (operation: Described, parts: Parts) => Asked };

const othersIds = [0, 1, 2];

/** Stands in a text for what JSON cannot be made of. */
const raw = (json: string) => ({ rawJson: json });
const deep = (times: number) => raw(`${"[".repeat(times)}${"]".repeat(times)}`);

const hostileValues: [title: string, value: unknown][] = [
  ["null", null],
  ["true", true],
  ["zero", 0],
  ["negative", -1],
  ["a fraction", 1.5],
  ["beyond 64 bits", raw("1e30")],
  ["beyond what a number can be", raw("1e999")],
  ["beyond 53 bits", raw("9007199254740993")],
  ["the word NaN", "NaN"],
  ["an empty text", ""],
  ["blanks", " \t\n\u200b\u00a0"],
  ["100 kB", "x".repeat(100_000)],
  ["100 kB of combining marks", `a${"\u0301".repeat(50_000)}`],
  ["NUL", "a\0b"],
  ["a lone surrogate", raw('"\\ud800"')],
  ["half of a pair twice", raw('"\\udc00\\udc00"')],
  ["directions and emoji", "\u202e\u2066👩‍👩‍👧‍👦\ufeff\uffff"],
  ["quotes", "'; drop table users; --\"<script>%s$(x)"],
  ["an id of nothing", "0197e3c2-0000-7000-8000-000000000000"],
  ["the id of zeros", "00000000-0000-0000-0000-000000000000"],
  ["a date", "2026-13-45T99:99:99Z"],
  ["an address of a file", "file:///etc/passwd"],
  ["an address inside", "http://[::ffff:127.0.0.1]:1/"],
  ["an empty list", []],
  ["10,000 zeros", Array.from({ length: 10_000 }, () => 0)],
  ["10,000 texts", Array.from({ length: 10_000 }, (_, at) => `t${at}`)],
  ["nothing in braces", {}],
  ["a prototype", raw('{"__proto__":{"isAdmin":true},"constructor":{"prototype":1}}')],
  ["100 lists in each other", deep(100)],
  ["20,000 lists in each other", deep(20_000)],
];

const hostileBodies: [title: string, body: string | Buffer][] = [
  ["no body", ""],
  ["null", "null"],
  ["a list", "[]"],
  ["a text", '"text"'],
  ["a number", "42"],
  ["an open brace", "{"],
  ["two values", "{}{}"],
  ["a comment", "/* */{}"],
  ["a byte order mark", "\ufeff{}"],
  ["bytes that are no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x22, 0x3a, 0x31, 0x7d])],
  ["NUL alone", "\0"],
  ["NaN", "NaN"],
  ["an empty object", "{}"],
  ["200,000 lists in each other", `${"[".repeat(200_000)}${"]".repeat(200_000)}`],
  ["100,000 objects in each other", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
  [
    "10,000 fields",
    JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`f${at}`, at]))),
  ],
  ["more than is read", JSON.stringify({ x: "x".repeat(1_100_000) })],
];

const hostilePathParts = [
  "x",
  "0",
  "-1",
  "1.5",
  "1e3",
  "99999999999999999999",
  "%00",
  "%ff",
  "%ed%a0%80",
  "%zz",
  "%25",
  "%20",
  "a%2Fb",
  "..%2f..%2fetc",
  "%F0%9F%98%80",
  "[object%20Object]",
  "'%20or%201=1--",
  "%E2%80%AE",
  "null",
  "x".repeat(2_000),
  "00000000-0000-0000-0000-000000000000",
  "0197e3c2-0000-7000-8000-000000000000",
];

const hostileQueryValues = [
  "",
  "x",
  "0",
  "-1",
  "1.5",
  "1e3",
  "NaN",
  "Infinity",
  "0x10",
  "9007199254740993",
  "99999999999999999999",
  "%00",
  "%ff",
  "%zz",
  "%ed%a0%80",
  "'",
  "%F0%9F%98%80",
  "null",
  "true",
  "x".repeat(3_000),
  "2026-13-45",
  "0197e3c2-0000-7000-8000-000000000000",
];

const hostileHeaders: Record<string, string>[] = [
  { "Idempotency-Key": "" },
  { "Idempotency-Key": "two words" },
  { "Idempotency-Key": "x".repeat(256) },
  { "Idempotency-Key": "\u00e4" },
  { "If-Match": "garbage" },
  { "If-Match": '"' },
  { "If-Match": `${'"x",'.repeat(1_000)}"y"` },
  { "If-Match": "*" },
  { "If-None-Match": "*" },
  { "If-None-Match": 'W/"x", ,,' },
  { Accept: "text/html" },
  { Accept: "application/xml;q=0" },
  { "Accept-Language": "xx-*-\u00e4;q=9,,;" },
  { "Accept-Encoding": "identity;q=0, *;q=0" },
  { Range: "bytes=5-1" },
  { "X-HTTP-Method-Override": "DELETE" },
  { "X-Forwarded-For": "'; --", "X-Forwarded-Host": "elsewhere.example" },
  { Origin: "null" },
  { Origin: "x".repeat(1_000) },
  { Referer: "\u00ff" },
  { "X-Remix-Redirect": "1", "X-Requested-With": "x" },
];

const hostileTypes = [
  "",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=",
  `multipart/form-data; boundary=${"b".repeat(300)}`,
  "multipart/form-data; boundary=b",
  "application/json; charset=utf-16",
  "application/json;;;=",
  "application/json-patch+json",
  "*/*",
  "\u00e4",
];

/** JSON of a value in which something may stand as it is to be written. */
export function written(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if ("rawJson" in value) return String(value.rawJson);
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  const fields = Object.entries(value).filter(([, part]) => part !== undefined);
  return `{${fields.map(([name, part]) => `${JSON.stringify(name)}:${written(part)}`).join(",")}}`;
}

/** The call that its parts make. */
export function assemble({ method, path }: Described, parts: Parts): Asked {
  const query = Object.entries(parts.query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  return {
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(parts.params[name]))),
    query,
    ...(parts.body !== undefined && {
      body: written(parts.body),
    }),
    headers: parts.body === undefined ? {} : { "Content-Type": "application/json" },
  };
}

/** Everything that is made wrong with one valid call, one thing at a time, and nothing by chance. */
export function casesOf(operation: Described): Case[] {
  const types = hostileTypes.map((type) => ({
    title: `sent as ${type}`,
    ask: (operation: Described, parts: Parts) => ({
      ...assemble(operation, parts),
      headers: { "Content-Type": type },
    }),
  }));
  const bodies = hostileBodies.map(([title, body]) => ({
    title: `a body of ${title}`,
    ask: (operation: Described, parts: Parts) => ({
      ...assemble(operation, parts),
      body,
      headers: json,
    }),
  }));
  const headers = hostileHeaders.map((some) => ({
    title: `with ${JSON.stringify(some).slice(0, 60)}`,
    ask: (operation: Described, parts: Parts) => {
      const asked = assemble(operation, parts);
      return { ...asked, headers: { ...asked.headers, ...some } };
    },
  }));
  const ways = [...wrongAddresses(operation), ...headers, ...bodies];
  return operation.requestBody ? [...ways, ...types, ...wrongFields(operation)] : ways;
}

const json = { "Content-Type": "application/json" };

function* wrongAddresses(operation: Described): Generator<Case> {
  const namesIn = (place: string) =>
    operation.parameters.filter((one) => one.in === place).map(({ name }) => name);
  for (const name of namesIn("path")) {
    const withPart = (parts: Parts, part: string) => {
      const asked = assemble(operation, { ...parts, params: { ...parts.params, [name]: "PLACE" } });
      return { ...asked, path: asked.path.replace("PLACE", part) };
    };
    for (const part of hostilePathParts) {
      yield { title: `${name} ${part.slice(0, 40)}`, ask: (_, parts) => withPart(parts, part) };
    }
    for (const at of othersIds) {
      const ask = (_: Described, parts: Parts) => withPart(parts, parts.others[at] ?? "");
      yield { title: `${name} of others (${at})`, ask };
    }
  }
  const named = namesIn("query");
  for (const name of [...named, "unknown", "__proto__", "%00"]) {
    const values = named.includes(name) ? hostileQueryValues : ["1"];
    const queries = [...values.map((value) => `${name}=${value}`), `${name}=1&${name}=1`];
    for (const query of [...queries, `${name}[]=1&${name}[1000000]=1`]) {
      yield {
        title: `?${query.slice(0, 60)}`,
        ask: (_, parts) => ({ ...assemble(operation, parts), query }),
      };
    }
  }
}

function* wrongFields(operation: Described): Generator<Case> {
  const schema = operation.requestBody?.content["application/json"]?.schema ?? {};
  const withFields = (title: string, fields: (parts: Parts) => Record<string, unknown>): Case => ({
    title,
    ask: (_, parts) =>
      assemble(operation, { ...parts, body: { ...Object(parts.body), ...fields(parts) } }),
  });
  for (const name of fieldsOf(schema)) {
    yield withFields(`without ${name}`, () => ({ [name]: undefined }));
    for (const [title, value] of hostileValues) {
      yield withFields(`${name}: ${title}`, () => ({ [name]: value }));
      yield withFields(`${name}: a list of ${title}`, () => ({ [name]: [value] }));
    }
    for (const at of othersIds) {
      yield withFields(`${name}: of others (${at})`, ({ others }) => ({ [name]: others[at] }));
    }
  }
  yield withFields("a field more", () => ({ more: 1 }));
  yield withFields("fields with bad names", () => ({ "\0": 1, "a/b~c": 2 }));
  yield withFields("10,000 fields more", () =>
    Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`f${at}`, at])),
  );
}

function fieldsOf(schema: Schema): string[] {
  const { properties = {}, anyOf = [], oneOf = [], allOf = [] } = resolved(schema);
  const inside = [...anyOf, ...oneOf, ...allOf].flatMap(fieldsOf);
  return [...new Set([...Object.keys(properties), ...inside])];
}

/**
 * What a schema takes: fields by what they are called where that is known, else the document's own
 * examples.
 */
export function validFor(schema: Schema, known: Record<string, unknown>): unknown {
  const {
    properties,
    anyOf,
    oneOf,
    allOf,
    enum: one,
    format,
    type,
    items,
    ...rest
  } = resolved(schema);
  if (rest.const !== undefined) return rest.const;
  if (properties) {
    const isNeeded = (name: string) => rest.required?.includes(name);
    const names = Object.keys(properties).filter((name) => name in known || isNeeded(name));
    return Object.fromEntries(
      names.map((name) => [name, known[name] ?? validFor(properties[name] ?? {}, known)]),
    );
  }
  if (rest.example !== undefined) return rest.example;
  if (rest.examples?.length) return rest.examples[0];
  if (rest.default !== undefined) return rest.default;
  const choice = (anyOf ?? oneOf ?? allOf)?.[0];
  if (choice) return validFor(choice, known);
  if (one) return one[0];
  if (format === "uuid") return randomUUID();
  const [simple] = [type].flat();
  if (simple === "array") return items ? [validFor(items, known)] : [];
  if (simple === "integer" || simple === "number") return 1;
  if (simple === "boolean") return true;
  if (simple === "object") return {};
  return "text";
}
